import { type Answer, type Identified } from '@medflow/testing';
import { newPatient, RecordsHarness } from './harness.js';

let harness: RecordsHarness;
beforeAll(async () => {
  harness = await RecordsHarness.start();
});
afterAll(() => harness.stop());

const read = (as: Identified, patient: Identified, query = ''): Promise<Answer> =>
  harness.call('GET', `/patients/${patient.id}/record${query}`, as);

describe('a record', () => {
  it('is empty, not missing, for a patient of whom nothing was written', async () => {
    const { status, body } = await harness.call('GET', '/patients/me/record', newPatient());
    expect(status).toBe(200);
    expect(body).toEqual({
      summary: { allergies: [], medications: [], conditions: [], lastVisits: [] },
      items: [],
      nextCursor: null,
    });
  });

  it('is written by the doctor who cares and read by the patient whose it is', async () => {
    const { doctor, patient } = await harness.inCare();
    const code = { system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10' };
    const written = await harness.entry(doctor, patient, {
      kind: 'condition',
      label: 'Hypertension artérielle',
      severity: undefined,
      code,
      onset: '2019-03',
      note: 'Sous surveillance.',
    });
    const { body } = await harness.call('GET', '/patients/me/record', patient);
    expect(body.items).toEqual([
      {
        id: written.id,
        kind: 'condition',
        label: 'Hypertension artérielle',
        code,
        onset: '2019-03',
        note: 'Sous surveillance.',
        author: { id: doctor.id, firstName: 'Karim', lastName: 'Trabelsi', photo: null, role: 'doctor' },
        recordedAt: expect.any(String),
        createdAt: expect.any(String),
        version: 1,
      },
    ]);
    expect(body.summary.conditions).toEqual(body.items);
    expect((await read(doctor, patient)).body.items).toEqual(body.items);
  });

  it('shows first what is taken today, and the last visits', async () => {
    const { doctor, patient } = await harness.inCare();
    const visit = await harness.accepted(doctor, patient, 3);
    await harness.completed(visit);
    const medication = { kind: 'medication', severity: undefined, dose: '500 mg', frequency: '2 × / jour' };
    await harness.entry(doctor, patient, { ...medication, label: 'Ancien', from: '2020-01-01', to: '2020-02-01' });
    await harness.entry(doctor, patient, { ...medication, label: 'Metformine', from: '2020-01-01' });
    const { body } = await read(patient, patient);
    expect(body.summary.medications.map(({ label }: { label: string }) => label)).toEqual(['Metformine']);
    expect(body.summary.lastVisits).toEqual([
      expect.objectContaining({
        appointmentId: visit.appointmentId,
        doctor: expect.objectContaining({ id: doctor.id }),
      }),
    ]);
  });

  it('is read page by page, last written first, and by kind', async () => {
    const { doctor, patient } = await harness.inCare();
    for (let n = 1; n <= 5; n += 1) {
      await harness.entry(doctor, patient, { kind: 'note', severity: undefined, label: `Note ${n}` });
      await harness.entry(doctor, patient, { label: `Allergie ${n}` });
    }
    const labels = async (query: string) => {
      const { body } = await read(doctor, patient, query);
      return [body.items.map(({ label }: { label: string }) => label), body.nextCursor] as const;
    };
    const [first, cursor] = await labels('?limit=3&kind=note');
    expect(first).toEqual(['Note 5', 'Note 4', 'Note 3']);
    expect(await labels(`?limit=3&kind=note&cursor=${cursor}`)).toEqual([['Note 2', 'Note 1'], null]);
    expect((await labels('?limit=2'))[0]).toEqual(['Allergie 5', 'Note 5']);
    expect((await read(doctor, patient, '?cursor=x')).status).toBe(422);
  });

  it('is searched by beginnings of words, whatever their accents and case', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.entry(doctor, patient, { label: 'Pénicilline et dérivés' });
    await harness.entry(doctor, patient, { label: 'حساسية البنسلين' });
    const found = async (q: string) => (await read(doctor, patient, `?q=${encodeURIComponent(q)}`)).body.items.length;
    expect(await found('PENICILLINE')).toBe(1);
    expect(await found('penicillinedérivé')).toBe(0);
    expect(await found('deriv pénic')).toBe(1);
    expect(await found('البنسل')).toBe(1);
    expect(await found('aspirine')).toBe(0);
    expect(await found('...')).toBe(0);
  });

  it('keeps the version before when something is corrected, and says why', async () => {
    const { doctor, patient } = await harness.inCare();
    const entry = await harness.entry(doctor, patient);
    const path = `/patients/${patient.id}/record/entries/${entry.id}`;
    const corrected = { kind: 'allergy', label: 'Amoxicilline', severity: 'mild', reason: 'Erreur de saisie' };
    expect((await harness.call('PUT', path, doctor, corrected, { 'if-match': '"7"' })).status).toBe(412);
    const { status, body, headers } = await harness.call('PUT', path, doctor, corrected, { 'if-match': '"1"' });
    expect([status, body.label, body.version, body.reason]).toEqual([200, 'Amoxicilline', 2, 'Erreur de saisie']);
    expect(headers.get('etag')).toBe('"2"');
    const versions = await harness.call('GET', `${path}/versions`, patient);
    expect(versions.body.items.map(({ label, version }: Answer['body']) => [version, label])).toEqual([
      [2, 'Amoxicilline'],
      [1, 'Pénicilline'],
    ]);
    expect((await read(patient, patient)).body.items).toHaveLength(1);
    const { reason: _, ...without } = corrected;
    const refused = await harness.call('PUT', path, doctor, without);
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, 'reason']);
    const other = await harness.call('PUT', path, doctor, { kind: 'note', label: 'x', reason: 'y' });
    expect([other.status, other.body.errors[0].field]).toEqual([422, 'kind']);
  });

  it('marks what was withdrawn and leaves it out of the summary', async () => {
    const { doctor, patient } = await harness.inCare();
    const entry = await harness.entry(doctor, patient);
    const path = `/patients/${patient.id}/record/entries/${entry.id}`;
    const { body } = await harness.call('POST', `${path}/withdraw`, doctor, { reason: 'Autre patient' });
    expect([body.withdrawn, body.version, body.label]).toEqual([true, 2, 'Pénicilline']);
    const after = await read(patient, patient);
    expect(after.body.items[0].withdrawn).toBe(true);
    expect(after.body.summary.allergies).toEqual([]);
    const again = await harness.call('POST', `${path}/withdraw`, doctor, { reason: 'Encore' });
    expect([again.status, again.body.code]).toEqual([409, 'entry-withdrawn']);
  });

  it('lets one of two corrections at once win', async () => {
    const { doctor, patient } = await harness.inCare();
    const entry = await harness.entry(doctor, patient);
    const path = `/patients/${patient.id}/record/entries/${entry.id}`;
    const correct = (label: string) =>
      harness.call(
        'PUT',
        path,
        doctor,
        { kind: 'allergy', label, severity: 'mild', reason: 'r' },
        { 'if-match': '"1"' },
      );
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(correct));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.every(({ status }) => [200, 409, 412].includes(status))).toBe(true);
    expect((await harness.call('GET', `${path}/versions`, patient)).body.items).toHaveLength(2);
  });

  it('writes once for a repeated key', async () => {
    const { doctor, patient } = await harness.inCare();
    const body = { kind: 'note', label: 'Une fois' };
    const write = () =>
      harness.call('POST', `/patients/${patient.id}/record/entries`, doctor, body, { 'idempotency-key': 'k-1' });
    const [one, two] = [await write(), await write()];
    expect([one.status, two.status, two.body.id]).toEqual([201, 201, one.body.id]);
    expect((await read(patient, patient)).body.items).toHaveLength(1);
  });

  it('draws vitals in one unit, oldest first, with what is usual', async () => {
    const { doctor, patient } = await harness.inCare();
    const vital = (body: object) => harness.entry(doctor, patient, { kind: 'vital', severity: undefined, ...body });
    const glucose = { label: 'Glycémie', measure: 'glucose' };
    await vital({ ...glucose, value: 0.9, unit: 'g/L', at: '2026-11-02T08:00:00Z' });
    await vital({ ...glucose, value: 5.2, unit: 'mmol/L', at: '2026-11-01T08:00:00Z' });
    await vital({
      label: 'Tension',
      measure: 'blood-pressure',
      systolic: 135,
      diastolic: 85,
      unit: 'mm[Hg]',
      at: '2026-11-02T08:00:00Z',
    });
    const { body } = await harness.call('GET', '/patients/me/record/vitals?measure=glucose', patient);
    expect(body).toEqual({
      measure: 'glucose',
      unit: 'mmol/L',
      reference: { value: { from: 3.9, to: 5.6 } },
      items: [
        { entryId: expect.any(String), at: '2026-11-01T08:00:00Z', value: 5.2 },
        { entryId: expect.any(String), at: '2026-11-02T08:00:00Z', value: 5 },
      ],
    });
    const pressure = await harness.call('GET', `/patients/${patient.id}/record/vitals?measure=blood-pressure`, doctor);
    expect(pressure.body.items).toEqual([expect.objectContaining({ systolic: 135, diastolic: 85 })]);
    expect(pressure.body.reference.systolic).toEqual({ from: 90, to: 140 });
  });

  it.each([
    [{ kind: 'allergy', label: 'x' }, 'severity', 'required'],
    [{ kind: 'medication', label: 'x', dose: '1', frequency: '1' }, 'from', 'required'],
    [
      { kind: 'medication', label: 'x', dose: '1', frequency: '1', from: '2026-02-02', to: '2026-02-01' },
      'to',
      'before-from',
    ],
    [{ kind: 'prescription', label: 'x', items: [] }, 'items', 'required'],
    [{ kind: 'certificate', label: 'x' }, 'text', 'required'],
    [{ kind: 'condition', label: 'x', onset: '2019-13' }, 'onset', 'invalid-date'],
    [{ kind: 'note', label: 'x', severity: 'mild' }, 'severity', 'not-of-this-kind'],
    [{ kind: 'document', label: 'x' }, 'kind', 'not-a-choice'],
    [{ kind: 'note', label: '' }, 'label', 'required'],
    [{ kind: 'immunization', label: 'x', at: '2026-11-01T08:00:00Z' }, 'at', 'invalid-date'],
    [
      { kind: 'vital', label: 'x', measure: 'weight', value: 70, unit: 'kg', at: '2026-11-01' },
      'at',
      'invalid-instant',
    ],
    [
      { kind: 'vital', label: 'x', measure: 'weight', value: 7000, unit: 'kg', at: '2026-11-01T08:00:00Z' },
      'value',
      'out-of-range',
    ],
    [
      { kind: 'vital', label: 'x', measure: 'weight', value: 70, unit: 'mmol/L', at: '2026-11-01T08:00:00Z' },
      'unit',
      'invalid',
    ],
    [
      {
        kind: 'vital',
        label: 'x',
        measure: 'blood-pressure',
        systolic: 80,
        diastolic: 120,
        unit: 'mm[Hg]',
        at: '2026-11-01T08:00:00Z',
      },
      'diastolic',
      'out-of-range',
    ],
  ])('refuses %j at the field %s', async (body, field, code) => {
    const { doctor, patient } = await harness.inCare();
    const answer = await harness.call('POST', `/patients/${patient.id}/record/entries`, doctor, body);
    expect([
      answer.status,
      answer.body.errors?.map((one: { field: string; code: string }) => [one.field, one.code]),
    ]).toEqual([422, [[field, code]]]);
    expect(answer.body.errors[0].message).toBeTruthy();
    expect((await read(patient, patient)).body.items).toEqual([]);
  });
});
