import { type Answering, isAnswered, type WallTime } from './answering.js';
import { CareEnded, ConversationClosed, DoctorUnavailable, NotPractising } from './conversation-errors.js';

export type Side = 'doctor' | 'patient';

export interface MessageFile {
  readonly id: string;
  readonly name: string;
  readonly type: 'application/pdf' | 'image/webp';
  /** Length of the file. */
  readonly bytes: number;
}

export interface Message {
  readonly id: string;
  readonly conversationId: string;
  /** Counts the messages of the conversation from 1, without a gap. */
  readonly number: number;
  readonly authorId: string;
  /** May be empty where there is a file. */
  readonly text: string;
  readonly files: readonly MessageFile[];
  readonly sentAt: Date;
  /** The doctor's automatic answer. */
  readonly automatic: boolean;
  readonly deliveredAt: Date | null;
  readonly readAt: Date | null;
}

/** What a list says of the last message. */
export interface LastMessage extends Pick<Message, 'id' | 'text' | 'authorId' | 'sentAt' | 'automatic'> {
  /** How many files came with it. */
  readonly files: number;
}

/** How far one of the two is. */
export interface Position {
  /** Number of the last message that has reached a device of theirs; 0: none. */
  readonly delivered: number;
  /** … and that they have read. */
  readonly read: number;
  /** Messages of the other that they have not read. */
  readonly unread: number;
  /** How often they have read on, and when last. */
  readonly readings: number;
  readonly readAt: Date | null;
}

/** By the doctor, of this one conversation. */
export interface Closing {
  readonly closed: boolean;
  /** Undefined: the doctor's general answer; null: none. */
  readonly autoReply?: string | null;
  /** Undefined: the doctor's general hours. */
  readonly hours?: Answering['hours'];
}

export interface ConversationState {
  readonly id: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly createdAt: Date;
  /** Number of the last message; 0: none. */
  readonly last: number;
  /** When it was sent, or the conversation opened. */
  readonly lastAt: Date;
  readonly lastMessage: LastMessage | null;
  readonly doctor: Position;
  readonly patient: Position;
  readonly closing: Closing;
  readonly autoRepliedAt: Date | null;
  readonly version: number;
}

/** What decides, besides the conversation itself, whether somebody may write in it. */
export interface Circumstances {
  /** The two still have a care relationship. */
  readonly isCareOpen: boolean;
  /** The doctor may see patients. */
  readonly mayPractise: boolean;
  /** How the doctor deals with messages in general. */
  readonly answering: Answering;
}

export interface DraftFile extends MessageFile {
  readonly content: Uint8Array;
}

export interface Draft extends Pick<Message, 'id' | 'text'> {
  readonly files: readonly DraftFile[];
  /** Of what came with the key of the request. */
  readonly digest: string;
}

export type ConversationFact =
  | { readonly name: 'sent'; readonly message: Message; readonly recipientId: string }
  | { readonly name: 'read'; readonly by: Side; readonly upTo: number; readonly at: Date; readonly sequence: number }
  | { readonly name: 'delivered'; readonly by: Side; readonly upTo: number; readonly at: Date };

/** The messages that a mark was put on: of the other's, those after the first number up to the last. */
export interface Marked {
  readonly authorId: string;
  readonly after: number;
  readonly upTo: number;
  readonly at: Date;
}

export interface NewMessage {
  readonly message: Message;
  readonly draft: Draft;
}

export interface ConversationChange {
  readonly messages: readonly NewMessage[];
  readonly delivered?: Marked;
  readonly read?: Marked;
}

const AUTO_REPLY_EVERY_MS = 86_400_000;
const start: Position = { delivered: 0, read: 0, unread: 0, readings: 0, readAt: null };

export const sideOf = ({ doctorId }: Pick<ConversationState, 'doctorId'>, accountId: string): Side =>
  accountId === doctorId ? 'doctor' : 'patient';

export const otherOf = (
  { doctorId, patientId }: Pick<ConversationState, 'doctorId' | 'patientId'>,
  accountId: string,
): string => (accountId === doctorId ? patientId : doctorId);

/** What a patient is told who cannot be answered in person, as the doctor has it in this conversation. */
export function answeringOf({ closing }: Pick<ConversationState, 'closing'>, general: Answering): Answering {
  return {
    autoReply: closing.autoReply === undefined ? general.autoReply : closing.autoReply,
    hours: closing.hours ?? general.hours,
  };
}

/** What keeps this side from writing; undefined: nothing. */
export function obstacleTo(
  conversation: Pick<ConversationState, 'closing'>,
  by: Side,
  { isCareOpen, mayPractise, answering }: Circumstances,
): CareEnded | ConversationClosed | NotPractising | DoctorUnavailable | undefined {
  if (!isCareOpen) return new CareEnded('the last visit is too long ago');
  if (!mayPractise)
    return by === 'doctor' ? new NotPractising('they may see nobody') : new DoctorUnavailable('they may see nobody');
  const { autoReply } = answeringOf(conversation, answering);
  if (by === 'patient' && conversation.closing.closed && autoReply === null)
    return new ConversationClosed('closed without an answer');
  return undefined;
}

/** What a doctor and a patient write to each other. */
export class Conversation {
  readonly facts: ConversationFact[] = [];
  private changed: ConversationChange = { messages: [] };

  private constructor(
    private current: ConversationState,
    /** As it was loaded. */
    readonly saved: ConversationState = current,
  ) {}

  static open(id: string, between: { doctorId: string; patientId: string }, now: Date): Conversation {
    return new Conversation({
      id,
      doctorId: between.doctorId,
      patientId: between.patientId,
      createdAt: now,
      last: 0,
      lastAt: now,
      lastMessage: null,
      doctor: start,
      patient: start,
      closing: { closed: false },
      autoRepliedAt: null,
      version: 1,
    });
  }

  static restore(state: ConversationState): Conversation {
    return new Conversation(state);
  }

  get state(): ConversationState {
    return this.current;
  }

  get change(): ConversationChange {
    return this.changed;
  }

  /**
   * To a patient whom the doctor does not answer in person now, the automatic answer is given, once in 24 hours.
   * @param local the moment at the doctor's
   * @throws CareEnded, NotPractising, DoctorUnavailable, ConversationClosed
   */
  send(by: Side, draft: Draft, circumstances: Circumstances, local: WallTime, now: Date): Message {
    const obstacle = obstacleTo(this.current, by, circumstances);
    if (obstacle) throw obstacle;
    const message = this.add(by, draft, false, now);
    const { autoReply, hours } = answeringOf(this.current, circumstances.answering);
    const isUnattended = this.current.closing.closed || !isAnswered(hours, local);
    if (by === 'patient' && autoReply !== null && isUnattended && this.mayAutoReply(now)) {
      this.add('doctor', { id: `${draft.id}.a`, text: autoReply, files: [], digest: '' }, true, now);
      this.current = { ...this.current, autoRepliedAt: now };
    }
    return message;
  }

  /** Says nothing twice. @param unread what is left after that message */
  read(by: Side, upTo: number, unread: number, now: Date): void {
    const { [by]: position, last } = this.current;
    const to = Math.min(upTo, last);
    if (to <= position.read) return;
    this.deliver(by, to, now);
    const readings = position.readings + 1;
    this.move(by, { read: to, unread, readings, readAt: now });
    this.changed = { ...this.changed, read: this.marked(by, position.read, to, now) };
    this.facts.push({ name: 'read', by, upTo: to, at: now, sequence: readings });
  }

  /** All that is there has reached a device of theirs. */
  deliver(by: Side, upTo: number, now: Date): void {
    const { delivered } = this.current[by];
    if (upTo <= delivered) return;
    this.move(by, { delivered: upTo });
    this.changed = { ...this.changed, delivered: this.marked(by, delivered, upTo, now) };
    this.facts.push({ name: 'delivered', by, upTo, at: now });
  }

  close(closing: Closing): void {
    this.current = { ...this.current, closing, version: this.saved.version + 1 };
  }

  private mayAutoReply(now: Date): boolean {
    const { autoRepliedAt } = this.current;
    return !autoRepliedAt || now.getTime() - autoRepliedAt.getTime() >= AUTO_REPLY_EVERY_MS;
  }

  private add(by: Side, draft: Draft, automatic: boolean, now: Date): Message {
    const { id, text } = draft;
    const files = draft.files.map(({ content: _, ...file }) => file);
    const { id: conversationId, doctorId, patientId, last } = this.current;
    const [authorId, recipientId] = by === 'doctor' ? [doctorId, patientId] : [patientId, doctorId];
    const written = { id, authorId, text, sentAt: now, automatic };
    const marks = { deliveredAt: null, readAt: null };
    const message = { ...written, conversationId, number: last + 1, files, ...marks };
    const lastMessage = { ...written, files: files.length };
    this.current = { ...this.current, last: message.number, lastAt: now, lastMessage };
    const other = by === 'doctor' ? 'patient' : 'doctor';
    // The automatic answer stands under what its reader has just written.
    if (!automatic) this.move(other, { unread: this.current[other].unread + 1 });
    this.changed = { ...this.changed, messages: [...this.changed.messages, { message, draft }] };
    this.facts.push({ name: 'sent', message, recipientId });
    return message;
  }

  private move(side: Side, to: Partial<Position>): void {
    const position = { ...this.current[side], ...to };
    this.current = { ...this.current, [side]: position, version: this.saved.version + 1 };
  }

  private marked(by: Side, after: number, upTo: number, at: Date): Marked {
    const { doctorId, patientId } = this.current;
    return { authorId: by === 'doctor' ? patientId : doctorId, after, upTo, at };
  }
}
