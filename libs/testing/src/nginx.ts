import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, freePort, startServer, untilReady } from '@medflow/servers';

export interface Nginx {
  port: number;
  url: string;
  stop(): Promise<void>;
}

export interface NginxOptions {
  /** Where it passes requests on to: `http://127.0.0.1:3000`. */
  upstream: string;
  /** Takes HTTPS, with a certificate that nobody knows; another proxy stands before it otherwise. */
  https: boolean;
}

/** As docs/proxies.md tells operators: the outermost says what it sees, the others hand on what they were told. */
const configuration = (folder: string, port: number, { upstream, https }: NginxOptions): string => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port}${https ? ' ssl' : ''};
    ${https ? `ssl_certificate ${folder}/certificate.pem;\n    ssl_certificate_key ${folder}/key.pem;` : ''}
    location / {
      proxy_pass ${upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto ${https ? '$scheme' : '$http_x_forwarded_proto'};
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $http_connection;
    }
  }
}
`;

/** A real nginx on a free port at 127.0.0.1, its files in a folder of its own. @throws Error where there is no nginx */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const program = findProgram('nginx', process.env, ['/usr/sbin']);
  if (!program) throw new Error('nginx is not installed: npm test installs it (Debian: nginx-light)');
  const folder = mkdtempSync(join(tmpdir(), 'medflow-nginx-'));
  const port = await freePort();
  if (options.https) {
    const keys = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'key.pem')];
    const certificate = ['-x509', '-days', '2', '-subj', '/CN=localhost', '-out', join(folder, 'certificate.pem')];
    execFileSync('openssl', ['req', ...keys, ...certificate], { stdio: 'ignore' });
  }
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, options));
  const server = await startServer({
    program,
    args: ['-p', folder, '-c', join(folder, 'nginx.conf')],
    pidFile: join(folder, 'server.pid'),
    logFile: join(folder, 'output.log'),
  });
  await untilReady(() => answers(port), 10_000, server);
  return {
    port,
    url: `${options.https ? 'https' : 'http'}://localhost:${port}`,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}
