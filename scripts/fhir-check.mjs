// Holds the records that MedFlow exports against HL7's profiles of the International Patient Summary, with HAPI's validator
// (Java 17 and Maven; the first run fetches it): npm run fhir:check. See docs/fhir.md for FHIR_IPS_PACKAGE.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const project = join(root, 'scripts/fhir-check');
const ips = process.env.FHIR_IPS_PACKAGE;
if (!ips || !existsSync(ips)) {
  console.error(
    'FHIR_IPS_PACKAGE: the path of hl7.fhir.uv.ips-1.1.0.tgz. HL7 has it at https://hl7.org/fhir/uv/ips/STU1.1/package.tgz',
  );
  process.exit(2);
}

const { patientSummary } = await import('../services/records/dist/domain/fhir/summary.js');
const { summaryUuid } = await import('../services/records/dist/adapters/fhir/summary-uuid.js');
const { samples } = await import('../services/records/test/record-samples.ts');

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: project, stdio: 'inherit', ...options });
  if (error) throw new Error(`${command} cannot be run: ${error.message}`);
  return status;
}

function isOutdated() {
  const compiled = join(project, 'target/classes/FhirCheck.class');
  const source = join(project, 'src/main/java/FhirCheck.java');
  return !existsSync(compiled) || statSync(compiled).mtimeMs < statSync(source).mtimeMs;
}

if (!existsSync(join(project, 'target/lib')) || isOutdated()) {
  const status = run('mvn', [
    '-q',
    '-B',
    'compile',
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    '-DoutputDirectory=target/lib',
  ]);
  if (status !== 0) process.exit(status ?? 2);
}

const folder = await mkdtemp(join(tmpdir(), 'medflow-fhir-'));
try {
  // HAPI finds packages on the class path only.
  await mkdir(join(folder, 'classpath'));
  await copyFile(ips, join(folder, 'classpath/ips.tgz'));
  const files = [];
  for (const [name, sample] of Object.entries(samples)) {
    const file = join(folder, `${name}.json`);
    const documentUrl = (id) => `https://medflow.example/api/v1/patients/me/record/documents/${id}`;
    await writeFile(file, JSON.stringify(patientSummary({ ...sample(), uuid: summaryUuid, documentUrl })));
    files.push(file);
  }
  // A judge that lets everything pass would say the same of the others: this one has no section of allergies.
  const broken = JSON.parse(await readFile(files[0], 'utf8'));
  broken.entry[0].resource.section.shift();
  files.push(join(folder, 'broken-on-purpose.json'));
  await writeFile(files.at(-1), JSON.stringify(broken));
  const classPath = ['target/classes', 'target/lib/*', join(folder, 'classpath')].join(':');
  process.exitCode = run('java', ['-Xmx1g', '-cp', classPath, 'FhirCheck', 'ips.tgz', ...files]) ?? 2;
} finally {
  await rm(folder, { recursive: true });
}
