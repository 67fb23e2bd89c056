// What an event must hold before anything is done with it.

const isText = (value) => typeof value === 'string' && value !== '';
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export function isEvent(event) {
  if (!isMap(event) || !isText(event.uid) || !isMap(event.event)) return false;
  const { type, details } = event.event;
  if (!isText(type) || !isMap(details)) return false;
  const times = Object.entries(details).filter(([name]) => name.endsWith('_at'));
  if (!times.every(([, value]) => Number.isInteger(value))) return false;
  if (!type.endsWith('_score.complete')) return true;
  const { calculated } = details;
  if (!isMap(calculated) || !Number.isInteger(calculated.score)) return false;
  return type !== 'psychometric_score.complete' || Array.isArray(calculated.traits);
}
