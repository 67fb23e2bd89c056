// Events of Begini. A repeat is known by the hash of its body, which is unique in the store.
import { createHmac, timingSafeEqual } from "node:crypto";

const HANDLERS = { "psychometric_score.complete": scored, "ios_score.complete": scored };

app.post("/begini", express.raw({ type: "*/*" }), async (req, res) => {
  const expected = createHmac("sha512", process.env.BEGINI_API_KEY).update(req.body).digest();
  const sent = Buffer.from(req.get("X-Signature") ?? "", "hex");
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) return res.sendStatus(401);
  const event = JSON.parse(req.body);
  const known = await events.insertUnique(hash(req.body));
  if (!known) await HANDLERS[event.event.type]?.(event);
  console.info("begini event", event.event.type);
  res.sendStatus(200);
});
