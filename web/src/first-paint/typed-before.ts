import { useState } from 'react';

/** What somebody was typing into the search of the first paint when the client took its place: they go on there. */
export interface TypedBefore {
  text: string | undefined;
  isTyping: boolean;
}

function typedBefore(): TypedBefore {
  const field = document.querySelector<HTMLInputElement>('.first-paint input[type=search]');
  return { text: field?.value, isTyping: field !== null && document.activeElement === field };
}

/** As of the first time that the component is drawn. */
export const useTypedBefore = (): TypedBefore => useState(typedBefore)[0];
