// What a booking costs at least: its documents, in one transaction, written by the plain driver behind a bare Fastify
// server. `node bare.mjs <mongodb uri>` prints its port.
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { MongoClient } from 'mongodb';

const TICK_MS = 300_000;
const tickAt = (at) => Math.floor(at / TICK_MS);

/** Connects to a database of its own with the collections and indexes that scheduling has. @returns books */
async function bareBookings(uri) {
  const client = await MongoClient.connect(uri, { maxPoolSize: 100 });
  const db = client.db(`bench_bare_${randomUUID().slice(0, 8)}`);
  for (const name of ['claims', 'appointments', 'outbox']) await db.createCollection(name);
  await db.collection('claims').createIndex({ owner: 1, tick: 1 });
  await db
    .collection('appointments')
    .createIndexes([
      { key: { 'doctor.id': 1, startsAt: 1, _id: 1 } },
      { key: { 'patient.id': 1, startsAt: 1, _id: 1 } },
      { key: { startsAt: 1 }, partialFilterExpression: { status: 'requested' } },
    ]);
  const book = async ({ doctorId, patientId, startsAt, minutes, reason }) => {
    const id = randomUUID();
    const start = new Date(startsAt);
    const end = new Date(startsAt + minutes * 60_000);
    const person = (personId) => ({ id: personId, firstName: 'Leïla', lastName: 'Ben Salah' });
    const claims = [];
    for (const [side, who] of [
      ['d', doctorId],
      ['p', patientId],
    ])
      for (let tick = tickAt(startsAt); tick < tickAt(startsAt + minutes * 60_000); tick += 1)
        claims.push({ _id: `${side}:${who}|${tick}`, owner: `${side}:${who}`, tick, appointmentId: id });
    const appointment = {
      _id: id,
      doctor: person(doctorId),
      patient: person(patientId),
      startsAt: start,
      endsAt: end,
      mode: 'video',
      price: { amount: 60_000, currency: 'TND' },
      bufferMinutes: 0,
      reason,
      status: 'requested',
      createdAt: new Date(),
      version: 1,
    };
    const event = {
      _id: randomUUID(),
      type: 'scheduling.appointment-requested.v1',
      subject: id,
      sequence: 1,
      live: false,
      body: JSON.stringify({ ...appointment, padding: 'x'.repeat(250) }),
      at: new Date(),
    };
    const options = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true } };
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await db.collection('claims').insertMany(claims, { session, ordered: true });
        await db.collection('appointments').insertOne(appointment, { session });
        await db.collection('outbox').insertMany([event], { session });
      }, options),
    );
    return appointment;
  };
  return book;
}

const book = await bareBookings(process.argv[2]);
const app = fastify();
app.post('/appointments', async (request, reply) => reply.status(201).send(await book(request.body)));
await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`port ${app.server.address().port}`);
process.once('SIGTERM', () => process.exit(0));
