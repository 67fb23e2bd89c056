// express.json takes the bytes away, so what is hashed is a new text; and nothing catches errors,
// which express answers with their stack.

import { createHmac } from 'node:crypto';
import express from 'express';

const { BEGINI_API_KEY, PORT } = process.env;

const app = express();
app.use(express.json());
app.post('/hook', (request, response) => {
  const body = JSON.stringify(request.body);
  const right = createHmac('sha512', BEGINI_API_KEY).update(body).digest('hex');
  if (request.get('X-Signature') !== right) return response.sendStatus(403);
  const { uid, event } = request.body;
  if (event.type === 'psychometric_score.complete') {
    console.log(uid, event.details.calculated.score, event.details.calculated.traits.length);
  }
  return response.json({ received: true });
});
app.listen(Number(PORT), '127.0.0.1');
