// What Node.js's documentation has for files that are read line by line, and the work of lines.mjs.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

let records = 0;
let sum = 0;

for await (const line of createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Infinity })) {
  const marker = line.indexOf('meter_record_for_');
  if (marker >= 0) {
    records++;
    sum += JSON.parse(line.slice(line.indexOf('{', marker))).meterValue;
  }
}
console.log(records, sum);
