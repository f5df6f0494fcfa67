// node embedded/test/visit-stand-in.mjs <address of a MedFlow> <port>: that MedFlow with the consultations' part of docs of the
// API answered here, by hand and from memory, so that the client of visits can be driven in a browser before the service
// itself answers. No rule of who may is in it.
import { createServer, request as send } from 'node:http';
import { Server } from 'socket.io';

const target = new URL(process.argv[2]);
const port = Number(process.argv[3]);
const EARLY_MS = 15 * 60_000;
const visits = new Map();
const seats = new Map();

class Refusal extends Error {
  constructor(status, code) {
    super(code);
    Object.assign(this, { status, code });
  }
}

const accountOf = (authorization = '') => {
  const [, payload] = authorization.split('.');
  return payload && JSON.parse(Buffer.from(payload, 'base64url')).sub;
};

function participant(fields) {
  return { state: 'invited', since: new Date().toISOString(), online: false, ...fields };
}

const nameOf = ({ firstName, lastName }) => `${firstName} ${lastName}`;

async function visitOf(id, authorization) {
  const known = visits.get(id);
  if (known) return known;
  const answer = await fetch(`${target.origin}/api/v1/appointments/${id}`, { headers: { authorization } });
  if (!answer.ok) throw new Refusal(404, 'not-found');
  const { doctor, patient, startsAt, endsAt } = await answer.json();
  const participants = [
    participant({ id: `d-${doctor.id}`, account: doctor.id, name: nameOf(doctor), role: 'doctor' }),
    participant({ id: `p-${patient.id}`, account: patient.id, name: nameOf(patient), role: 'patient' }),
  ];
  const visit = { id, startsAt, endsAt, state: 'waiting', isAgreed: false, participants };
  visits.set(id, visit);
  return visit;
}

function become(one, state) {
  if (one.state === state) return;
  Object.assign(one, { state, since: new Date().toISOString() });
}

const viewFor = (visit, self) => ({
  appointmentId: visit.id,
  state: visit.state,
  opensAt: new Date(Date.parse(visit.startsAt) - EARLY_MS).toISOString(),
  startsAt: visit.startsAt,
  endsAt: visit.endsAt,
  ...(self.state === 'waiting' && { position: 1, expectedWait: { fromMinutes: 5, toMinutes: 10 } }),
  participants: visit.participants.map(({ id, name, role, state, since, online, device }) => {
    return { id, name, role, state, since, online, ...(device && { device }) };
  }),
  iceServers: process.env.ICE_SERVERS ? JSON.parse(process.env.ICE_SERVERS) : [],
  relay: process.env.ICE_SERVERS !== undefined,
  ...(visit.message && { message: visit.message }),
  consent: { required: true, version: '1', recorded: visit.isAgreed, text: 'La consultation n’est pas enregistrée.' },
  self: self.id,
});

const tell = (visit, more = {}) => io.emit('consultation', { appointmentId: visit.id, state: visit.state, ...more });

const steps = {
  'POST consent': ({ visit }) => (visit.isAgreed = true),
  'DELETE consent': ({ visit }) => (visit.isAgreed = false),
  'POST join': ({ visit, self, body }) => {
    if (self.online && self.device && self.device !== body.device) {
      if (!body.takeOver) throw new Refusal(409, 'elsewhere');
      tell(visit, { movedTo: body.device });
    }
    self.device = body.device;
    if (self.role === 'doctor') become(self, 'admitted');
    else if (self.state !== 'admitted') become(self, 'waiting');
  },
  'POST admit': ({ visit, body }) => {
    const admitted = visit.participants.find(
      ({ id, role }) => id === body.participantId || (!body.participantId && role === 'patient'),
    );
    become(admitted, 'admitted');
    visit.state = 'live';
  },
  'POST leave': ({ self }) => become(self, 'left'),
  'POST finish': ({ visit }) => (visit.state = 'finished'),
  'PUT message': ({ visit, body }) => (visit.message = body.message),
};

async function answer({ method, url, headers }, body) {
  const [id, step, more] = new URL(url, target).pathname.split('/').slice(4);
  const { authorization } = headers;
  if (id === undefined) {
    const own = [...visits.values()].filter(({ participants }) => participants[0].account === accountOf(authorization));
    return {
      items: own.filter(({ state }) => state !== 'finished').map((visit) => viewFor(visit, visit.participants[0])),
    };
  }
  const token = id === 'invitations' ? step : headers['x-medflow-seat'];
  const visit = token ? seats.get(token) : await visitOf(id, authorization);
  const self = visit?.participants.find((one) =>
    token ? one.token === token : one.account === accountOf(authorization),
  );
  if (!visit || !self) throw new Refusal(404, 'not-found');
  if (id === 'invitations' && more === 'join') {
    if (self.state !== 'admitted') become(self, 'waiting');
  } else if (step === 'invitations') {
    const invited = `seat-${seats.size + 1}`;
    seats.set(invited, visit);
    visit.participants.push(participant({ id: `g-${invited}`, token: invited, name: body.name, role: body.role }));
    tell(visit);
    return { url: `http://127.0.0.1:${port}/visit/guest/${invited}` };
  } else if (step) {
    if (visit.state === 'finished') throw new Refusal(409, 'visit-finished');
    const take = steps[`${method} ${step}`];
    if (!take) throw new Refusal(404, 'not-found');
    take({ visit, self, body });
  }
  if (method !== 'GET') tell(visit);
  return viewFor(visit, self);
}

const server = createServer(async (request, response) => {
  if (!request.url.startsWith('/api/v1/consultations')) {
    const { method, headers, url: path } = request;
    const passed = send({ host: target.hostname, port: target.port, path, method, headers }, (answered) => {
      response.writeHead(answered.statusCode, answered.headers);
      answered.pipe(response);
    });
    passed.on('error', () => response.destroy());
    return request.pipe(passed);
  }
  let status = 200;
  let body;
  try {
    let text = '';
    for await (const chunk of request) text += chunk;
    body = await answer(request, text ? JSON.parse(text) : {});
  } catch (error) {
    status = error.status ?? 500;
    body = { status, code: error.code ?? 'internal-error', detail: error.message };
  }
  response.writeHead(status, { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' });
  response.end(JSON.stringify(body));
});

const io = new Server(server, { path: '/realtime' });
io.on('connection', (socket) => {
  const roomOf = (id) => `seat:${id}`;
  socket.on('authenticate', (_token, acknowledge) => acknowledge?.({ ok: true }));
  socket.on('visit:enter', ({ appointmentId, participantId, device }) => {
    const self = visits.get(appointmentId)?.participants.find(({ id }) => id === participantId);
    if (!self) return;
    self.online = true;
    socket.data = { appointmentId, self };
    void socket.join(roomOf(participantId));
    io.emit('presence', { appointmentId, participantId, device, online: true });
  });
  socket.on('signal', ({ appointmentId, to, data }) => {
    const from = socket.data.self?.id;
    if (from) io.to(roomOf(to)).emit('signal', { appointmentId, from, to, data });
  });
  socket.on('disconnect', () => {
    const { appointmentId, self } = socket.data;
    if (!self || io.sockets.adapter.rooms.has(roomOf(self.id))) return;
    self.online = false;
    io.emit('presence', { appointmentId, participantId: self.id, online: false });
  });
});
server.listen(port, () => console.log('stand-in ready'));
