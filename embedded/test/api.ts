import { randomBytes } from 'node:crypto';
import { eventually } from '@medflow/testing';

export interface Answer {
  status: number;
  headers: Headers;
  // Suites look into whatever the system answers.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface CallOptions {
  token?: string;
  /** Text and bytes are sent as they are, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Person {
  id: string;
  email: string;
  token: string;
}

export interface Hours {
  weekday: number;
  start: string;
  end: string;
  slotMinutes: number;
  mode: 'video' | 'in-person';
  price: { amount: number; currency: string };
}

export const administrator = { email: 'admin@medflow.test', password: 'Une-clef-pour-les-essais-7' };
export const PASSWORD = 'Deux-chevaux-sur-la-plage';
/** A red one. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGO4ICAAAAKkAPH6kgsXAAAAAElFTkSuQmCC',
  'base64',
);
const price = { amount: 60_000, currency: 'TND' };

/** The same hours on each day of the week. */
export const everyDay = (start: string, end: string, slotMinutes: number): Hours[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start, end, slotMinutes, mode: 'video', price }));

/** What the web client does, through the gateway. */
export class Api {
  constructor(
    readonly url: string,
    private readonly mailboxUrl: string,
  ) {}

  async call(method: string, path: string, { token, body, headers = {} }: CallOptions = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text };
  }

  /** @throws Error unless it answers as expected */
  async expect(status: number, method: string, path: string, options: CallOptions = {}): Promise<Answer['body']> {
    const answer = await this.call(method, path, options);
    if (answer.status !== status)
      throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async register(role: 'patient' | 'doctor', fields: Record<string, string> = {}): Promise<Person> {
    const email = `${role}-${randomBytes(6).toString('hex')}@medflow.test`;
    const body = { role, email, password: PASSWORD, firstName: 'Amine', lastName: 'Trabelsi', ...fields };
    const { accessToken, account } = await this.expect(201, 'POST', '/auth/register', { body });
    return { id: account.id, email, token: accessToken };
  }

  /** Many patients, a few at a time: a password costs a core for a moment. */
  async registerPatients(count: number): Promise<Person[]> {
    const patients: Person[] = [];
    while (patients.length < count) {
      const batch = Math.min(8, count - patients.length);
      patients.push(...(await Promise.all(Array.from({ length: batch }, () => this.register('patient')))));
    }
    return patients;
  }

  async login(email: string, password = PASSWORD): Promise<string> {
    return (await this.expect(200, 'POST', '/auth/login', { body: { email, password } })).accessToken;
  }

  administrator(): Promise<string> {
    return this.login(administrator.email, administrator.password);
  }

  /** @returns where it is, in large */
  async putPhoto({ token }: Person, role: 'patient' | 'doctor', image = onePixel): Promise<string> {
    const options = { token, body: image, headers: { 'content-type': 'image/png' } };
    return (await this.expect(200, 'PUT', `/${role}s/me/photo`, options)).photo.url;
  }

  async putLicenceProof({ token }: Person): Promise<void> {
    const headers = { 'content-type': 'image/png' };
    await this.expect(200, 'PUT', '/doctors/me/licence-proof', { token, body: onePixel, headers });
  }

  /** @returns the entry's id */
  async writeEntry({ id }: Person, { token }: Person, body: object): Promise<string> {
    return (await this.expect(201, 'POST', `/patients/${id}/record/entries`, { token, body })).id;
  }

  async addDocument({ id }: Person, { token }: Person, file: Buffer = onePixel): Promise<string> {
    const part = (head: string) => Buffer.from(`--form\r\ncontent-disposition: form-data; ${head}\r\n\r\n`);
    const label = Buffer.from('Analyse\r\n');
    const end = Buffer.from('\r\n--form--\r\n');
    const body = Buffer.concat([part('name="label"'), label, part('name="file"; filename="a.png"'), file, end]);
    const headers = { 'content-type': 'multipart/form-data; boundary=form' };
    return (await this.expect(201, 'POST', `/patients/${id}/record/documents`, { token, body, headers })).id;
  }

  completeProfile(doctor: Person, fields: Record<string, unknown> = {}): Promise<Answer['body']> {
    const body = {
      gender: 'female',
      biography: 'Vingt ans de pratique.',
      specializations: ['cardiology'],
      languages: ['fr', 'ar'],
      city: 'Tunis',
      licenceNumber: `TN-${randomBytes(4).toString('hex')}`,
      consultationPrice: price,
      ...fields,
    };
    return this.expect(200, 'PUT', '/doctors/me', { token: doctor.token, body });
  }

  /** A doctor whom patients can book: complete, verified, with hours. */
  async publishDoctor({
    weekly = everyDay('09:00', '17:00', 30),
    account = {},
    profile = {},
    plan = {},
  }: {
    weekly?: Hours[];
    account?: Record<string, string>;
    profile?: Record<string, unknown>;
    plan?: Record<string, unknown>;
  } = {}): Promise<Person> {
    const doctor = await this.register('doctor', { firstName: 'Leïla', lastName: 'Ben Salah', ...account });
    await this.completeProfile(doctor, profile);
    const token = await this.administrator();
    // The licence is known to profiles once it has heard of the account.
    await this.expect(200, 'POST', `/admin/doctors/${doctor.id}/verify`, { token });
    await this.expect(200, 'PUT', '/doctors/me/availability', { token: doctor.token, body: { weekly, ...plan } });
    await eventually(async () => (await this.slots(doctor.id)).length > 0, { timeoutMs: 15_000, everyMs: 50 });
    return doctor;
  }

  /** All pages. @throws Error unless the doctor is published */
  slots(doctorId: string, query = ''): Promise<{ id: string; startsAt: string; endsAt: string }[]> {
    return this.all(`/doctors/${doctorId}/slots${query}`);
  }

  book(patient: Person, slotId: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', '/appointments', { token: patient.token, body: { slotId }, headers });
  }

  /** All pages of a list. */
  async all(path: string, person?: Person): Promise<Answer['body'][]> {
    const items: Answer['body'][] = [];
    const first = `${path}${path.includes('?') ? '&' : '?'}limit=100`;
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Answer['body'] = await this.expect(
        200,
        'GET',
        cursor ? `${first}&cursor=${encodeURIComponent(cursor)}` : first,
        person && { token: person.token },
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  async letters(to: string): Promise<{ to: string; subject: string; text: string }[]> {
    const response = await fetch(`${this.mailboxUrl}/mailbox/api`);
    const { items } = (await response.json()) as { items: { to: string; subject: string; text: string }[] };
    return items.filter((letter) => letter.to === to);
  }
}
