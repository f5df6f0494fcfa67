// A small client: keep-alive connections, JSON, and the people that a measurement needs.
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export function call(method, url, { token, body, headers } = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      agent,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...headers,
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
    });
    sent.end(text);
  });
}

export async function must(method, url, options) {
  const { status, text } = await call(method, url, options);
  if (status >= 300) throw new Error(`${method} ${url}: ${status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** Keeps `width` pieces of work going until there is none or the time is over. @returns how many were done, in how many ms */
export async function flood(work, width, forMs) {
  let done = 0;
  const start = performance.now();
  const lane = async () => {
    for (let task = work.next(); !task.done && performance.now() - start < forMs; task = work.next()) {
      await task.value();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return { done, ms: performance.now() - start };
}

export const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

const price = { amount: 60_000, currency: 'TND' };

/** All pages; none while the doctor is not published. */
async function slotsUntil(url, until) {
  const slots = [];
  for (let cursor = ''; cursor !== null;) {
    const { status, text } = await call('GET', `${url}?to=${until}&limit=400${cursor && `&cursor=${cursor}`}`);
    if (status !== 200) return [];
    const page = JSON.parse(text);
    slots.push(...page.items);
    cursor = page.nextCursor;
  }
  return slots;
}

/** `count` doctors who can be booked day and night, each with a patient of their own. */
export async function couples(url, administrator, count, plan = {}, slotMinutes = 30) {
  const api = `${url}/api/v1`;
  const register = async (role) => {
    const body = {
      role,
      email: `${role}-${randomBytes(6).toString('hex')}@medflow.test`,
      password: 'Deux-chevaux-sur-la-plage',
      firstName: 'Leïla',
      lastName: 'Ben Salah',
    };
    const { accessToken, account } = await must('POST', `${api}/auth/register`, { body });
    return { id: account.id, email: body.email, token: accessToken };
  };
  const { accessToken } = await must('POST', `${api}/auth/login`, { body: administrator });
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const [doctor, patient] = await Promise.all([register('doctor'), register('patient')]);
      const { token } = doctor;
      const body = {
        gender: 'female',
        biography: 'Vingt ans de pratique.',
        specializations: ['cardiology'],
        languages: ['fr'],
        city: 'Tunis',
        licenceNumber: `TN-${at}`,
        consultationPrice: price,
      };
      await must('PUT', `${api}/doctors/me`, { token, body });
      await must('POST', `${api}/admin/doctors/${doctor.id}/verify`, { token: accessToken });
      const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        weekday,
        start: '00:00',
        end: '24:00',
        slotMinutes,
        mode: 'video',
        price,
      }));
      await must('PUT', `${api}/doctors/me/availability`, { token, body: { weekly, ...plan } });
      const until = new Date(Date.now() + 59 * 86_400_000).toISOString();
      for (;;) {
        const slots = await slotsUntil(`${api}/doctors/${doctor.id}/slots`, until);
        if (slots.length > 0) return { doctor, patient, slots };
        await sleep(50);
      }
    }),
  );
}
