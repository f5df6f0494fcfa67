import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/dialog';
import { brandOf, type CardField, emptyCard, faultsOf, groupExpiry, groupNumber, type TypedCard } from './card';
import type { CardEntry } from './card-entry';
import { authenticate, tokenise } from './test-provider';

const cards = [
  ['ok', '4242424242424242'],
  ['declined', '4000000000000002'],
  ['funds', '4000000000009995'],
  ['expired', '4000000000000069'],
  ['secure', '4000000000003220'],
  ['fails', '4000000000000341'],
] as const;

const brands = { visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express' };

/** What the patient's bank would ask. */
function Challenge({ opened, onAnswer }: { opened: boolean; onAnswer: (succeeds: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} title={t('payments.challenge')} onClose={() => onAnswer(false)}>
      <Text>{t('payments.challengeText')}</Text>
      <Group justify="end">
        <Button variant="default" onClick={() => onAnswer(false)}>
          {t('payments.refuse')}
        </Button>
        <Button data-autofocus onClick={() => onAnswer(true)}>
          {t('payments.approve')}
        </Button>
      </Group>
    </Dialog>
  );
}

/** The card form of test mode; it says so. The number goes to the test provider and nowhere else. */
export default function TestCardForm({
  publishableKey,
  shown,
  entry,
  onEdit,
}: {
  publishableKey: string;
  /** False while a saved card is chosen: only the bank's question is needed then. */
  shown: boolean;
  entry: Ref<CardEntry>;
  onEdit: () => void;
}) {
  const { t } = useTranslation();
  const [card, keepCard] = useState<TypedCard>(emptyCard);
  const setCard = (typed: TypedCard) => {
    keepCard(typed);
    onEdit();
  };
  const [faults, setFaults] = useState<CardField[]>([]);
  const [asking, setAsking] = useState(false);
  const answer = useRef<(succeeds: boolean) => void>(undefined);
  const form = useRef<HTMLDivElement>(null);
  useImperativeHandle(entry, () => ({
    tokenise: async () => {
      const found = faultsOf(card, new Date());
      setFaults(found);
      if (found[0]) {
        form.current?.querySelector<HTMLInputElement>(`[name="card-${found[0]}"]`)?.focus();
        return undefined;
      }
      return tokenise(card, publishableKey);
    },
    authenticate: async ({ clientSecret }) => {
      const succeeds = await new Promise<boolean>((resolve) => {
        answer.current = resolve;
        setAsking(true);
      });
      setAsking(false);
      return authenticate(clientSecret, succeeds, publishableKey);
    },
  }));
  const field = (name: CardField, format: (typed: string) => string) => ({
    name: `card-${name}`,
    dir: 'ltr',
    inputMode: 'numeric' as const,
    value: card[name],
    error: faults.includes(name) ? t(`payments.errors.${name}`) : undefined,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      setCard({ ...card, [name]: format(event.currentTarget.value) });
      setFaults(faults.filter((fault) => fault !== name));
    },
  });
  const brand = brandOf(card.number);
  return (
    <div ref={form}>
      {shown && (
        <Stack gap="sm">
          <Alert color="orange" variant="light" title={t('payments.testMode')}>
            <Text size="sm" mb={6}>
              {t('payments.testText')}
            </Text>
            <Group gap={6}>
              {cards.map(([name, number]) => (
                <Button
                  key={name}
                  size="compact-sm"
                  variant="default"
                  onClick={() => {
                    setCard({ number: groupNumber(number), expiry: '12/30', cvc: '123' });
                    setFaults([]);
                  }}
                >
                  <bdi>{t(`payments.testCards.${name}`)}</bdi>
                </Button>
              ))}
            </Group>
          </Alert>
          <TextInput
            label={t('payments.number')}
            autoComplete="cc-number"
            placeholder="4242 4242 4242 4242"
            rightSectionWidth={brand ? 110 : undefined}
            rightSection={brand && <Text size="sm">{brands[brand]}</Text>}
            {...field('number', groupNumber)}
          />
          <SimpleGrid cols={2}>
            <TextInput
              label={t('payments.expiry')}
              autoComplete="cc-exp"
              placeholder="12/30"
              {...field('expiry', groupExpiry)}
            />
            <TextInput
              label={t('payments.cvc')}
              autoComplete="cc-csc"
              placeholder="123"
              {...field('cvc', (typed) => typed.replace(/\D/g, '').slice(0, 4))}
            />
          </SimpleGrid>
        </Stack>
      )}
      <Challenge opened={asking} onAnswer={(succeeds) => answer.current?.(succeeds)} />
    </div>
  );
}
