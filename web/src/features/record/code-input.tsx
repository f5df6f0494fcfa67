import { Autocomplete } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../lib/format';
import { type Coded, search } from './codes/codes';

interface Props {
  label: string;
  description: string;
  list: readonly Coded[];
  value: string;
  error: string | undefined;
  id: string;
  inputRef: Ref<HTMLInputElement>;
  onChange: (value: string) => void;
}

const MOST = 300;
/** Nothing is offered for nothing: the list would hide the fields below. */
const FEWEST_LETTERS = 2;

/** A name from a list, in the writer's language, or any other. */
export function CodeInput({ list, value, inputRef, onChange, ...input }: Props) {
  const { i18n } = useTranslation();
  const language = i18n.language as Language;
  const isEnough = value.trim().length >= FEWEST_LETTERS;
  const names = isEnough ? search(list, value).map((one) => one.names[language]) : [];
  return (
    <Autocomplete
      {...input}
      ref={inputRef}
      size="md"
      value={value}
      data={names}
      // They are looked up already, in every language.
      filter={({ options }) => options}
      maxLength={MOST}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      onChange={onChange}
    />
  );
}
