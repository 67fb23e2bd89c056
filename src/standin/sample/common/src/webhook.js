import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

import { effectOf } from './event.js';
import { Refused } from './refused.js';
import { trusted } from './trust.js';

const MOST_BYTES = 64 * 1024;

/** Digests of the events that were taken: an event has no id, and may come again. */
const seen = new Set();

async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Refused(413, 'Too Large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function received(request) {
  if (request.method !== 'POST') throw new Refused(405, 'Method Not Allowed');
  const [kind] = (request.headers['content-type'] ?? '').split(';');
  if (kind.trim().toLowerCase() !== 'application/json') {
    throw new Refused(415, 'Unsupported Media Type');
  }
  const body = await read(request);
  const { event } = trusted(body, request.headers['x-signature'] ?? '');
  return { event, digest: createHash('sha256').update(body).digest('hex') };
}

/** Has one effect, however often the event comes. */
function act({ event, digest }) {
  if (seen.has(digest)) return;
  seen.add(digest);
  console.log(`event ${event.type}: ${effectOf(event.type)}`);
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function receive(request, response) {
  try {
    const taken = await received(request);
    answer(response, 200, { received: true });
    setImmediate(act, taken);
  } catch (refused) {
    const { status = 500, message } = refused;
    answer(response, status, {
      detail: status === 500 ? 'Internal Server Error' : message,
    });
  }
}

createServer(receive).listen(Number(process.env.PORT));
