import type { MessageFile } from './conversation.js';

const LONGEST = 100;
const endings: Readonly<Record<MessageFile['type'], string>> = { 'application/pdf': '.pdf', 'image/webp': '.webp' };

/** What a file is called: the sender's own name, without folders and what no file system takes, with the ending of what it is. */
export function fileNameOf(sent: string, type: MessageFile['type']): string {
  const own = sent.split(/[/\\]/).at(-1)!;
  const stem = own
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    // Neither controls, nor what turns the direction of what is read, nor what systems keep to themselves.
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, LONGEST);
  return (stem || 'document') + endings[type];
}
