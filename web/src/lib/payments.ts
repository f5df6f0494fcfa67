import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, service, dataOf } from './api';
import { lookAgainIn } from './patience';
import { whileAway } from './queries';
import { readAgain, useCreation } from './write';

export type Payment = Schemas['PaymentDetails'];
export type PaymentStatus = Payment['status'];
export type Method = Schemas['MethodView'];

/** Payments that wait for the patient. */
export const isPayable = (status: PaymentStatus): boolean => ['due', 'failed', 'requires-action'].includes(status);

/** Payments that something was given for. */
export const isGiven = (status: PaymentStatus): boolean => ['authorised', 'paid'].includes(status);

/** The appointment's payment, the same whenever it is asked for. */
export const useOpenPayment = (appointmentId: string, enabled: boolean) =>
  useQuery({
    queryKey: ['payments', 'of', appointmentId],
    queryFn: async ({ signal }) => {
      await service.until('/payments', signal);
      return dataOf(api.POST('/payments', { body: { appointmentId } }));
    },
    enabled,
    retry: whileAway,
    staleTime: Infinity,
  });

/** @param since when the patient began to wait for it; it is looked at ever more seldom */
export const usePayment = (id: string | undefined, since?: number) =>
  useQuery({
    queryKey: ['payments', id],
    queryFn: ({ signal }) => dataOf(api.GET('/payments/{id}', { params: { path: { id: id! } }, signal })),
    enabled: id !== undefined,
    refetchInterval: since === undefined ? false : () => lookAgainIn(since),
  });

export interface Pay {
  appointmentId: string;
  paymentMethodId: string;
  savePaymentMethod: boolean;
  /** Of the patient's click: another click is another attempt, a repeated request is not. */
  attempt: string;
}

export function usePay() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ attempt, ...body }: Pay) =>
      dataOf(api.POST('/payments', { body, params: { header: { 'Idempotency-Key': attempt } } })),
    onSettled: readAgain(() =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['appointments'] }),
        queries.invalidateQueries({ queryKey: ['appointment'] }),
        queries.invalidateQueries({ queryKey: ['methods'] }),
      ]),
    ),
  });
}

export const useMethods = () =>
  useQuery({ queryKey: ['methods'], queryFn: ({ signal }) => dataOf(api.GET('/payment-methods', { signal })) });

export function useAddMethod() {
  const queries = useQueryClient();
  return useCreation(
    (body: { paymentMethodId: string }, key) =>
      dataOf(api.POST('/payment-methods', { body, params: { header: { 'Idempotency-Key': key } } })),
    { onSettled: readAgain(() => queries.invalidateQueries({ queryKey: ['methods'] })) },
  );
}

export function useMethodStep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, step }: { id: string; step: 'default' | 'remove' }) => {
      const params = { path: { id } };
      if (step === 'default') await dataOf(api.POST('/payment-methods/{id}/default', { params }));
      else await dataOf(api.DELETE('/payment-methods/{id}', { params }));
    },
    onSettled: readAgain(() => queries.invalidateQueries({ queryKey: ['methods'] })),
  });
}
