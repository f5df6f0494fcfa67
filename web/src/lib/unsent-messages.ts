import type { QueryClient } from '@tanstack/react-query';
import { addMessage, invalidateConversation, postUnsent } from './messages';
import { GrowingPause } from './patience';
import { UnsentMessages } from './unsent';

interface Running {
  readonly accountId: string;
  readonly messages: UnsentMessages;
  readonly send: () => void;
}

let running: Running | undefined;

/** What the account has not sent yet; sending is tried again after ever longer pauses, and when the network is back. */
export function unsentOf(accountId: string, queries: QueryClient): Running {
  if (running?.accountId === accountId) {
    running.messages.look();
    return running;
  }
  const pauses = new GrowingPause(1_000, 30_000);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const messages = new UnsentMessages(accountId, async (unsent) => {
    const outcome = await postUnsent(unsent);
    if (outcome.message) addMessage(queries, unsent.conversationId, outcome.message);
    if ('sent' in outcome) void invalidateConversation(queries, unsent.conversationId);
    return outcome;
  });
  const send = () => {
    clearTimeout(timer);
    // Another account's are no longer ours to send.
    if (running?.messages !== messages) return;
    void messages.flush().then((isAll) => {
      if (isAll) pauses.reset();
      else timer = setTimeout(send, pauses.next());
    });
  };
  running = { accountId, messages, send };
  addEventListener('online', send);
  send();
  return running;
}
