"""Logs usage from Python, for Meterline to take out of the log. Copy meter_record; log its text.

    python3 recipes/python.py api-calls c1 1 method=GET
"""

import json
import logging
import math
import sys
import time
import uuid
from decimal import Decimal

# A constant, since a traceback shows the lines it went through: it must not show the marker.
MARKER = "meter_record_for_stream"


def meter_record(meter_api_name, customer_id, value, dimensions=None):
    """The JSON text of a meter record; value is an int, a float or a Decimal, and never rounded."""
    if not meter_api_name.strip() or not customer_id.strip():
        raise ValueError("meter_api_name or customer_id is blank")
    # The json module has no Decimal, and would write nan and inf, which are no JSON.
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise TypeError(f"meter value {value!r} is not an int, a float or a Decimal")
    if not math.isfinite(value):
        raise ValueError(f"meter value {value!r} is not a finite number")
    texts = [meter_api_name, customer_id]
    for name, text in (dimensions or {}).items():
        texts += [name, text]
    for text in texts:
        text.encode("utf-8")  # Raises where half of a surrogate pair stands alone.
    head = {
        "meterApiName": meter_api_name,
        "customerId": customer_id,
        "meterTimeInMillis": time.time_ns() // 1_000_000,
    }
    tail = {"uniqueId": str(uuid.uuid4()), "dimensions": dimensions or {}}
    return f'{json.dumps(head)[:-1]}, "meterValue": {value}, {json.dumps(tail)[1:]}'


def main():
    meter, customer, value, *rest = sys.argv[1:]
    value, dimensions = Decimal(value), dict(pair.split("=", 1) for pair in rest)
    logging.basicConfig(stream=sys.stdout, format="[%(levelname)s]\t%(message)s")
    logger = logging.getLogger()
    logger.setLevel(logging.INFO)  # Without it, the root logger drops INFO, on Lambda too.

    # Text log format: the marker and the record as the message, with no arguments, so that a % in
    # it is left alone. Under Lambda's JSON log format the same call is right as well: Lambda wraps
    # it as the next one does.
    logger.info(f"{MARKER} {meter_record(meter, customer, value, dimensions)}")

    # A JSON log line that has the text log line as its message, escaped: what JSON loggers make.
    line = f"{MARKER} {meter_record(meter, customer, value, dimensions)}"
    sys.stdout.write(json.dumps({"level": "INFO", "message": line}) + "\n")

    # A JSON log line of your own: the marker is a member's name, the record its value. One write,
    # where print would make two, between which another thread may print.
    record = meter_record(meter, customer, value, dimensions)
    sys.stdout.write(f'{{"level":"INFO","{MARKER}":{record}}}\n')


if __name__ == "__main__":
    main()
