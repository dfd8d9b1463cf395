// What a script would do: goes over the lines of a log file, parses each record, adds up its values.
// Larger chunks make it slower, and so does readline.
import { createReadStream } from 'node:fs';

let rest = '';
let records = 0;
let sum = 0;

function take(line) {
  const marker = line.indexOf('meter_record_for_');
  if (marker >= 0) {
    records++;
    sum += JSON.parse(line.slice(line.indexOf('{', marker))).meterValue;
  }
}

for await (const chunk of createReadStream(process.argv[2], 'utf8')) {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  lines.forEach(take);
}
if (rest) {
  take(rest);
}
console.log(records, sum);
