// A receiver as it should be: express.raw keeps the bytes that were signed.

import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { isEvent } from './event.js';

const { BEGINI_API_KEY, BEGINI_INTEGRATION_ID, PORT } = process.env;

function isSigned(body, signature) {
  const right = createHmac('sha512', BEGINI_API_KEY).update(body).digest();
  const given = Buffer.from(signature ?? '', 'hex');
  return given.length === right.length && timingSafeEqual(given, right);
}

const app = express();
app.use('/hook', express.raw({ type: 'application/json' }));
app.post('/hook', (request, response) => {
  if (!Buffer.isBuffer(request.body)) return response.status(415).json({ detail: 'JSON only' });
  if (!isSigned(request.body, request.get('X-Signature'))) {
    return response.status(403).json({ detail: 'Validation Failure' });
  }
  let event;
  try {
    event = JSON.parse(request.body);
  } catch {
    return response.status(400).json({ detail: 'Not JSON' });
  }
  if (!isEvent(event)) return response.status(422).json({ detail: 'Not an event' });
  if (event.integration_id !== BEGINI_INTEGRATION_ID) {
    return response.status(403).json({ detail: 'Another integration' });
  }
  return response.json({ received: true });
});
app.all('/hook', (request, response) => response.status(405).json({ detail: 'POST only' }));
app.listen(Number(PORT), '127.0.0.1');
