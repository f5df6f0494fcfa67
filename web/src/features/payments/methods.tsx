import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { Page } from '../../components/page';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { type Method, useAddMethod, useMethods, useMethodStep } from '../../lib/payments';
import { ProblemError } from '../../lib/problems';
import { toast } from '../../lib/toast';
import { CardForm } from './card-form';
import { type CardEntry, CardRefused, TypedMethod } from './card-entry';
import { Declined } from './declined';

/** A card of one's own: the provider checks it, nothing is taken. */
function AddCard({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const entry = useRef<CardEntry>(null);
  const [typed] = useState(() => new TypedMethod(entry));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>();
  const add = useAddMethod();
  // Who the provider is, and its key for the page.
  const setup = useQuery({
    queryKey: ['card-setup'],
    queryFn: () => dataOf(api.POST('/payment-methods', { body: {} })),
    staleTime: Infinity,
  });
  if (setup.isPending) return <Loading rows={1} height={200} />;
  if (setup.isError) return <Failed error={setup.error} retry={setup.refetch} />;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      const paymentMethodId = await typed.tokenise();
      if (!paymentMethodId) return;
      const added = await add.mutateAsync({ paymentMethodId });
      if (added.status === 'requires-action' && added.clientSecret) {
        const confirmed = await entry.current?.authenticate({ clientSecret: added.clientSecret, kind: 'setup' });
        if (!confirmed) throw new CardRefused('authentication_required');
        await queries.invalidateQueries({ queryKey: ['methods'] });
      }
      toast(t('payments.added'));
      onDone();
    } catch (error) {
      if (!(error instanceof ProblemError) || !error.isTemporary) typed.forget();
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form noValidate className="card" onSubmit={(event) => void submit(event)}>
      <Stack>
        <CardForm
          provider={setup.data.provider}
          publishableKey={setup.data.publishableKey}
          shown
          entry={entry}
          onEdit={typed.forget}
        />
        <Declined error={refusal} />
        <Group>
          <ActionButton type="submit" loading={busy}>
            {t('payments.saveCard')}
          </ActionButton>
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function RemoveDialog({ method, onClose }: { method: Method | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const step = useMethodStep();
  return (
    <Dialog opened={method !== undefined} title={t('payments.removeTitle')} onClose={onClose}>
      <Text>
        <bdi dir="ltr">
          {method?.brand.toUpperCase()} •••• {method?.last4}
        </bdi>
      </Text>
      <Text>{t('payments.removeText')}</Text>
      <WriteProblem error={step.error} />
      <Group justify="end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          color="red.8"
          loading={step.isPending}
          onClick={() =>
            method &&
            step.mutate(
              { id: method.id, step: 'remove' },
              {
                onSuccess: () => {
                  toast(t('payments.removed'));
                  onClose();
                },
              },
            )
          }
        >
          {t('common.remove')}
        </ActionButton>
      </Group>
    </Dialog>
  );
}

export default function MethodsPage() {
  const { t } = useTranslation();
  const methods = useMethods();
  const step = useMethodStep();
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Method>();
  const items = methods.data?.items ?? [];
  return (
    <Page title={t('payments.methods')}>
      <Stack className="medium">
        {methods.isPending && <Loading rows={2} height={80} />}
        {methods.isError && <Failed error={methods.error} retry={methods.refetch} />}
        {methods.isSuccess && items.length === 0 && !adding && (
          <Empty title={t('payments.methodsNone')} text={t('payments.methodsNoneText')} />
        )}
        {items.map((method) => (
          <article key={method.id} className="card" aria-label={`${method.brand} ${method.last4}`}>
            <Group justify="space-between">
              <Text fw={600}>
                <bdi dir="ltr">
                  {method.brand.toUpperCase()} •••• {method.last4} · {String(method.expMonth).padStart(2, '0')}/
                  {method.expYear}
                </bdi>
              </Text>
              {method.isDefault && (
                <Badge variant="light" size="lg" tt="none">
                  {t('payments.default')}
                </Badge>
              )}
            </Group>
            <Group mt="sm" gap="sm">
              {!method.isDefault && (
                <ActionButton
                  size="sm"
                  variant="default"
                  loading={step.isPending && step.variables.id === method.id}
                  onClick={() =>
                    step.mutate(
                      { id: method.id, step: 'default' },
                      { onSuccess: () => toast(t('payments.madeDefault')) },
                    )
                  }
                >
                  {t('payments.makeDefault')}
                </ActionButton>
              )}
              <Button size="sm" variant="default" onClick={() => setLeaving(method)}>
                {t('common.remove')}
              </Button>
            </Group>
          </article>
        ))}
        <WriteProblem error={step.error} />
        {adding ? (
          <AddCard onDone={() => setAdding(false)} />
        ) : (
          methods.isSuccess && (
            <Button style={{ alignSelf: 'start' }} onClick={() => setAdding(true)}>
              {t('payments.addCard')}
            </Button>
          )
        )}
      </Stack>
      <RemoveDialog method={leaving} onClose={() => setLeaving(undefined)} />
    </Page>
  );
}
