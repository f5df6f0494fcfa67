import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../lib/api';
import type { Period } from '../../lib/period';
import type { Bucket } from './figures';

export const useStatistics = ({ from, to }: Period, bucket: Bucket) =>
  useQuery({
    queryKey: ['dashboard', 'statistics', from, to, bucket],
    queryFn: ({ signal }) => {
      const query = { from, to, bucket } as never;
      return dataOf(api.GET('/doctors/me/statistics', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const useDoctorDashboard = () =>
  useQuery({
    queryKey: ['dashboard', 'doctor'],
    queryFn: ({ signal }) => dataOf(api.GET('/doctors/me/dashboard', { signal })),
  });

export const usePatientDashboard = () =>
  useQuery({
    queryKey: ['dashboard', 'patient'],
    queryFn: ({ signal }) => dataOf(api.GET('/patients/me/dashboard', { signal })),
  });
