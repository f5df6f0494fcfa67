import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topology } from '@medflow/contracts';
import { databaseUri } from '@medflow/service-kit';
import { eventually } from '@medflow/testing';
import { connect } from 'amqplib';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everyDay } from './api.js';
import { replay, tellers } from './replay.js';
import { System } from './system.js';

/** Of what it sees, which is about half of all: one in a hundred of all. */
const ONE_IN = 50;
const LOST_AT_LEAST = 5;
const MOST_BOOKINGS = 600;
const soon = { timeoutMs: 60_000, everyMs: 200 };

let system: System;
beforeAll(async () => {
  system = await System.start('processes');
}, 240_000);
afterAll(() => system?.discard(), 60_000);

interface Lost {
  queue: string;
  type: string;
  subject: string;
  sequence: number;
}

/**
 * Between broker and consumers: a second consumer of each queue, which gives most of what it is given back and takes the
 * rest away. The broker has confirmed all of it.
 */
async function thief(): Promise<{ lost: Lost[]; stop(): Promise<void> }> {
  const model = await connect(system.env.RABBITMQ_URL!);
  const namespace = readFileSync(join(system.home, 'installation'), 'utf8').trim();
  const lost: Lost[] = [];
  let seen = 0;
  for (const queue of Object.keys(topology)) {
    const channel = await model.createChannel();
    await channel.prefetch(1);
    await channel.consume(`${namespace}.${queue}`, (message) => {
      if (!message) return;
      seen += 1;
      if (seen % ONE_IN !== 0) return channel.nack(message, false, true);
      const { type, subject, sequence } = JSON.parse(message.content.toString()) as Lost;
      lost.push({ queue, type, subject, sequence });
      channel.ack(message);
    });
  }
  return { lost, stop: () => model.close() };
}

async function rowsOf(service: string, collection: string): Promise<Record<string, unknown>[]> {
  const client = await MongoClient.connect(databaseUri(system.env.MONGODB_URI!, service), { directConnection: true });
  try {
    return await client.db().collection(collection).find().toArray();
  } finally {
    await client.close();
  }
}

describe('messages that are lost between the broker and their consumers', () => {
  it('are told again by the nightly comparison, and then nothing is missing', async () => {
    const { api } = system;
    const doctor = await api.publishDoctor({
      weekly: everyDay('00:00', '24:00', 10),
      plan: { minNoticeMinutes: 0, autoAccept: true },
    });
    const patients = await api.registerPatients(4);
    const slots = await api.slots(doctor.id);
    const { lost, stop } = await thief();
    let at = 0;
    while (lost.length < LOST_AT_LEAST && at < MOST_BOOKINGS) {
      const few = slots.slice(at, (at += 8));
      await Promise.all(few.map(({ id }, index) => api.book(patients[index % 4]!, id)));
      await api.register('patient');
    }
    expect(lost.length).toBeGreaterThanOrEqual(LOST_AT_LEAST);
    await stop();

    for (const service of tellers) await replay(system, service, '--missing');
    await eventually(async () => {
      for (const service of tellers) if ((await replay(system, service, '--missing')) > 0) return false;
      return true;
    }, soon);

    const appointments = (await rowsOf('scheduling', 'appointments')) as unknown as Appointment[];
    const charges = new Map((await rowsOf('billing', 'charges')).map((row) => [row.appointmentId, row]));
    const told = await rowsOf('notifications', 'notifications');
    for (const { _id: id, lastFact, patient } of appointments) {
      expect(charges.get(id)).toMatchObject({ appointmentSequence: lastFact.sequence });
      const lines = told.filter((row) => row.appointmentId === id && row.accountId === patient.id);
      expect(lines.filter(({ kind }) => kind === `appointment-${lastFact.name}`)).toHaveLength(1);
    }
    const accounts = (await rowsOf('identity', 'accounts')).filter(({ role }) => role === 'patient');
    for (const service of ['billing', 'feedback', 'notifications']) {
      const people = new Map((await rowsOf(service, 'people')).map((row) => [row._id, row]));
      for (const { _id: id } of accounts) expect(people.get(id)).toHaveProperty('identity.sequence', 1);
    }
    const profiles = new Set((await rowsOf('profiles', 'patients')).map(({ _id }) => _id));
    expect(accounts.filter(({ _id }) => !profiles.has(_id))).toEqual([]);
  }, 600_000);
});

interface Appointment {
  _id: string;
  lastFact: { name: string; sequence: number };
  patient: { id: string };
}
