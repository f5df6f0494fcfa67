import { describe, expect, it } from '@jest/globals';
import { publicDocument } from '../document.js';
import { routesOf } from '../proxy/route-table.js';
import { mergeDocuments } from './merge.js';

const service = (name: string, path: string, schemas: object = {}) =>
  ({
    name,
    document: {
      openapi: '3.0.0',
      info: {},
      paths: {
        [path]: { get: { operationId: 'ThingsController_list', responses: {}, 'x-medflow-access': ['anyone'] } },
      },
      components: { schemas },
    },
  }) as unknown as Parameters<typeof mergeDocuments>[0][number];

describe('the public document', () => {
  it('turns nullable into the type null, and closes what callers send', () => {
    const merged = mergeDocuments([
      service('a', '/a', {
        ThingBody: {
          type: 'object',
          properties: { text: { type: 'string', nullable: true }, one: { allOf: [{ $ref: '#/x' }], nullable: true } },
        },
      }),
    ]) as { openapi: string; components: { schemas: Record<string, object> } };
    expect(merged.openapi).toBe('3.1.0');
    expect(merged.components.schemas.ThingBody).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: {
        text: { type: ['string', 'null'] },
        one: { anyOf: [{ allOf: [{ $ref: '#/x' }] }, { type: 'null' }] },
      },
    });
  });

  it('leaves internal routes out and says who serves the others', () => {
    const merged = mergeDocuments([service('a', '/a'), service('b', '/internal/b'), service('c', '/mailbox')]) as {
      paths: Record<string, { get: object }>;
    };
    expect(Object.keys(merged.paths)).toEqual(['/a']);
    expect(merged.paths['/a']!.get).toMatchObject({ 'x-medflow-service': 'a', operationId: 'Things_list' });
  });

  it('refuses two schemas of one name', () => {
    expect(() =>
      mergeDocuments([
        service('a', '/a', { Thing: { type: 'string' } }),
        service('b', '/b', { Thing: { type: 'integer' } }),
      ]),
    ).toThrow('Thing');
  });

  it('says of every operation who may call it and who serves it, under a name of its own', () => {
    const operations = Object.values(publicDocument().paths).flatMap((item) => Object.values(item)) as Record<
      string,
      unknown
    >[];
    expect(operations.length).toBeGreaterThan(30);
    for (const operation of operations) {
      expect(operation['x-medflow-service']).toEqual(expect.any(String));
      expect(operation['x-medflow-access']).toEqual(expect.any(Array));
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });
});

describe('what the gateway composes', () => {
  it('is in the document, served by the gateway, of schemas that are all there', () => {
    const document = publicDocument() as ReturnType<typeof publicDocument> & { components: { schemas: object } };
    for (const path of ['/doctors/me/statistics', '/doctors/me/dashboard', '/patients/me/dashboard'])
      expect(document.paths[path]!.get).toMatchObject({ 'x-medflow-service': 'gateway' });
    const named = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining([...named].map(([, name]) => name)),
    );
  });
});

describe('the route table', () => {
  it('asks for a token wherever the operation is not open to anyone', () => {
    const routes = routesOf(publicDocument());
    const find = (method: string, path: string) =>
      routes.find((route) => route.method === method && route.path === path);
    expect(find('GET', '/doctors')).toMatchObject({ service: 'profiles', signedIn: false });
    expect(find('GET', '/doctors/:id/slots')).toMatchObject({ service: 'scheduling', signedIn: false });
    expect(find('POST', '/appointments')).toMatchObject({ service: 'scheduling', signedIn: true });
    expect(find('POST', '/admin/doctors/:id/verify')).toMatchObject({ service: 'profiles', signedIn: true });
    expect(routes.some(({ path }) => path.includes('internal'))).toBe(false);
  });
});
