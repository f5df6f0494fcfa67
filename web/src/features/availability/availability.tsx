import { Alert, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { Failed, Loading, WriteProblem } from '../../components/states';
import { UnsavedGuard } from '../../components/unsaved-guard';
import { SETTLED_MS } from '../../lib/focus';
import { dayKey } from '../../lib/format';
import { applyFieldProblems, hasOnlyFieldProblems } from '../../lib/forms';
import { ProblemError } from '../../lib/problems';
import { type Availability, useAvailability, useDoctorProfile } from '../../lib/profile';
import { Absences } from './absences';
import { ChangesBar } from './changes-bar';
import { OutsideDialog, OutsideVisits } from './outside-visits';
import { faultOfPrice, fieldOf, formOf, type PlanForm, weeksOf } from './plan';
import { SeasonDialog } from './season-dialog';
import { Settings } from './settings';
import { SingleDates } from './single-dates';
import { usePublishing } from './use-publishing';
import { useWeek } from './use-week';
import { overlapsOf } from './week';
import { WeekSection } from './week-section';

const isOfSettings = ({ field }: { field: string }): boolean => !/^(weekly|seasons|dates|exceptions)\b/.test(field);

function Editor({ plan }: { plan: Availability }) {
  const { t, i18n } = useTranslation();
  const form = useForm<PlanForm>({ defaultValues: formOf(plan) });
  const zone = useWatch({ control: form.control, name: 'timeZone' });
  const currency = useDoctorProfile().data?.consultationPrice?.currency;
  const editing = useWeek(form, currency);
  const [areSettingsOpen, openSettings] = useState(false);
  const overlapAlert = useRef<HTMLDivElement>(null);
  const leftAlert = useRef<HTMLDivElement>(null);
  const showFaults = (error: unknown) => {
    editing.refuse(error);
    if (!(error instanceof ProblemError)) return;
    // A field gets the focus once it is seen.
    if (error.fields.some(isOfSettings)) flushSync(() => openSettings(true));
    applyFieldProblems(error, (name, fault, options) => {
      const field = fieldOf(String(name));
      if (!/^(weekly|seasons)\b/.test(field)) form.setError(field as never, fault, options);
    });
  };
  const publishing = usePublishing(form, plan, { onReset: editing.reset, onRefused: showFaults });
  const { changes, asked, left, error, isPending } = publishing;
  const today = dayKey(new Date(), zone);
  const isShown = ({ season }: { season: string | undefined }) => season === editing.seasons.shown?.key;
  useEffect(() => {
    if (left.length === 0) return;
    // Once the dialog has handed the focus back.
    const timer = setTimeout(() => leftAlert.current?.focus(), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [left]);
  const submit = (values: PlanForm) => {
    // Faults of the week that is shown come first.
    const weeks = weeksOf(values).sort((a, b) => Number(isShown(b)) - Number(isShown(a)));
    const overlapping = weeks.find(({ week }) => overlapsOf(week).length > 0);
    const priceless = weeks
      .map(({ week }) => week.filter((range) => faultOfPrice(range, i18n.language)))
      .find((ranges) => ranges.length > 0);
    if (overlapping) {
      flushSync(() => editing.seasons.choose(overlapping.season));
      overlapAlert.current?.focus();
    } else if (priceless) editing.show(...priceless);
    else publishing.submit(values);
  };
  return (
    <>
      <form noValidate onSubmit={form.handleSubmit(submit)}>
        <UnsavedGuard unsaved={changes > 0} />
        <Stack gap="xl">
          <Text className="quiet">{t('availability.lead', { zone })}</Text>
          {left.length > 0 && (
            <div ref={leftAlert} tabIndex={-1}>
              <Alert color="orange" variant="light" title={t('availability.outside.title', { count: left.length })}>
                <OutsideVisits visits={left} zone={zone} isLeaving />
              </Alert>
            </div>
          )}
          <WeekSection editing={editing} today={today} alert={overlapAlert} />
          <Absences form={form} />
          <SingleDates form={form} currency={currency} />
          <Settings form={form} isOpen={areSettingsOpen} onToggle={openSettings} />
          {!asked && !hasOnlyFieldProblems(error) && <WriteProblem inForm error={error} />}
          <ChangesBar count={changes} isPending={isPending} onUndo={publishing.undo} />
        </Stack>
        {asked && (
          <OutsideDialog
            visits={asked.visits}
            zone={zone}
            isPending={isPending}
            error={error}
            onPublish={publishing.confirm}
            onClose={publishing.dismiss}
          />
        )}
      </form>
      {/* Beside the form: what is sent in a dialog would reach a form around it. */}
      {editing.seasons.asked && (
        <SeasonDialog seasons={editing.seasons} asked={editing.seasons.asked} today={today} zone={zone} />
      )}
    </>
  );
}

export default function AvailabilityPage() {
  const { t } = useTranslation();
  const availability = useAvailability();
  return (
    <Page title={t('availability.title')}>
      {availability.isPending && <Loading rows={4} />}
      {availability.isError && <Failed error={availability.error} retry={availability.refetch} />}
      {availability.data && <Editor plan={availability.data} />}
    </Page>
  );
}
