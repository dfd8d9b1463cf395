// Logs usage from Node.js, for Meterline to take out of the log. Copy meterRecord; log its text.
//
//   node recipes/node.mjs api-calls c1 1 method=GET

import { randomUUID } from 'node:crypto';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * The JSON text of a meter record. The value is a number, a BigInt, or a string of digits where
 * each digit counts ('19.90'): it stands in the record as it is, never rounded.
 */
export function meterRecord(meterApiName, customerId, value, dimensions = {}) {
  for (const text of [meterApiName, customerId, ...Object.entries(dimensions).flat()]) {
    if (typeof text !== 'string' || !text.isWellFormed()) {
      throw new TypeError(`a meter record takes strings of whole characters, not ${text}`);
    }
  }
  if (!meterApiName.trim() || !customerId.trim()) {
    throw new RangeError('meterApiName or customerId is blank');
  }
  // JSON.stringify would write NaN as null, and refuse a BigInt.
  const digits = String(value);
  if (!NUMBER.test(digits) || !Number.isFinite(Number(digits))) {
    throw new RangeError(`meterValue is ${digits}, not a finite number`);
  }
  const head = JSON.stringify({ meterApiName, customerId, meterTimeInMillis: Date.now() });
  const tail = JSON.stringify({ uniqueId: randomUUID(), dimensions });
  return `${head.slice(0, -1)},"meterValue":${digits},${tail.slice(1)}`;
}

const [meter, customer, value, ...rest] = process.argv.slice(2);
const dimensions = Object.fromEntries(rest.map((pair) => pair.split(/=(.*)/s, 2)));

// Text log format: the marker and the record, as one argument. (A second argument would be printed
// as util.inspect prints objects, which is not JSON.) Under Lambda's JSON log format the same call
// is right as well: Lambda wraps it as the next one does.
console.log(`meter_record_for_stream ${meterRecord(meter, customer, value, dimensions)}`);

// A JSON log line that has the text log line as its message, escaped: what most JSON loggers make.
const line = `meter_record_for_stream ${meterRecord(meter, customer, value, dimensions)}`;
console.log(JSON.stringify({ level: 'INFO', message: line }));

// A JSON log line of your own: the marker is a member's name, the record its value.
const record = meterRecord(meter, customer, value, dimensions);
console.log(`{"level":"INFO","meter_record_for_stream":${record}}`);
