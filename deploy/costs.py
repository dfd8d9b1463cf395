#!/usr/bin/env python3
"""Computes the cost tables of deploy/README.md: `python3 deploy/costs.py` prints them; with `--check`, exit 1 if the
README shows others. Change a price or an assumption here to see what it does.
"""

import math
import os
import sys

HOURS = 730
SECONDS = HOURS * 3600
GB = 2**30
KB = 2**10

# name: (dollars, unit, page, known as of, how it is known)
PRICES = {
    "on-demand stream": (0.04, "stream-hour", "kinesis/data-streams/pricing", "undated", "copy of the price list in public code"),
    "on-demand in": (0.08, "GB, each record rounded up to 1 KB", "kinesis/data-streams/pricing", "2026-03", "third-party price table; the rounding from the page itself"),
    "on-demand out": (0.04, "GB", "kinesis/data-streams/pricing", "undated", "third-party guide"),
    "on-demand retention": (0.10, "GB-month after the first 24 h", "kinesis/data-streams/pricing", "2026-03", "third-party price table"),
    "shard": (0.015, "shard-hour", "kinesis/data-streams/pricing", "2026-03", "third-party price table"),
    "put unit": (0.014 / 1e6, "record of up to 25 KB", "kinesis/data-streams/pricing", "2026-03", "third-party price table"),
    "shard retention": (0.02, "shard-hour after the first 24 h", "kinesis/data-streams/pricing", "undated", "third-party guide"),
    "invocation": (0.20 / 1e6, "invocation", "lambda/pricing", "2024", "third-party guides"),
    "compute": (0.0000133334, "GB-second on arm64, first 7.5 billion", "lambda/pricing", "2024", "third-party guides"),
    "put": (0.005 / 1e3, "PUT", "s3/pricing", "2026-09-28", "price list of that day, as quoted in public"),
    "log": (0.50, "GB logged", "cloudwatch/pricing", "2026-06", "third-party guide"),
    "metric": (0.30, "custom metric and month, first 10,000", "cloudwatch/pricing", "2026-02", "third-party guide"),
    "alarm": (0.10, "metric of an alarm and month", "cloudwatch/pricing", "unknown", "from memory"),
    "dashboard": (3.00, "dashboard and month, after the first three", "cloudwatch/pricing", "2026-06", "third-party guide"),
    "transfer": (0.02, "GB to another region", "ec2/pricing/on-demand", "unknown", "from memory"),
}
# Records a month: log events in one payload, and the seconds that an invocation takes (stream, direct).
VOLUMES = {1e6: (1, 0.15, 0.12), 1e8: (10, 0.2, 0.12), 1e10: (100, 3.0, 0.15)}
# gzip -6 of payloads of lines like the README's, measured: log events in a payload -> bytes.
PAYLOAD_BYTES = {1: 409, 10: 1318, 100: 9955}
LINE_BYTES = 257
LOG_EVENT_OVERHEAD = 26  # CloudWatch Logs bills it on each log event
RECORD_BYTES = 233
SHARDS = 4  # an on-demand stream begins with four
PROVISIONED_SHARDS = {1e6: 1, 1e8: 1, 1e10: 2}
WINDOW = 60
MEMORY_GB = 0.5
EVENT_BYTES = 6 * 2**20
ENVELOPE_BYTES = 500  # Lambda's own JSON around each stream record
EXTRA_RETENTION_HOURS = 48  # 72 h kept, the first 24 are free
AGENT_LOG_BYTES = 1500  # an invocation's metrics line and Lambda's own lines
AGENT_METRICS, MAPPING_METRICS = 11, 6
ALARM_METRICS, GROUPS = 9, 10


def price(name):
    return PRICES[name][0]


def model(records):
    events, seconds, direct_seconds = VOLUMES[records]
    payloads = records / events
    billed_gb = payloads * math.ceil(PAYLOAD_BYTES[events] / KB) * KB / GB
    in_a_full_event = EVENT_BYTES / (PAYLOAD_BYTES[events] * 4 / 3 + ENVELOPE_BYTES)
    invocations = min(payloads, max(SHARDS * SECONDS / WINDOW, payloads / in_a_full_event))
    extra_gb = billed_gb * EXTRA_RETENTION_HOURS / HOURS
    stream = {
        "on-demand stream": HOURS * price("on-demand stream"),
        "its data in, out and kept for 72 h": billed_gb * (price("on-demand in") + price("on-demand out"))
        + extra_gb * price("on-demand retention"),
    }
    run = {
        "Lambda": invocations * (price("invocation") + seconds * MEMORY_GB * price("compute")),
        "PUTs": invocations * price("put"),
        "agent's log": invocations * AGENT_LOG_BYTES / GB * price("log"),
        "metrics, alarms, dashboard": (AGENT_METRICS + MAPPING_METRICS) * price("metric")
        + (ALARM_METRICS + GROUPS) * price("alarm")
        + price("dashboard"),
    }
    shards = PROVISIONED_SHARDS[records]
    provisioned = shards * HOURS * (price("shard") + price("shard retention")) + payloads * price("put unit")
    direct = payloads * (price("invocation") + direct_seconds * MEMORY_GB * price("compute") + price("put"))
    direct += payloads * AGENT_LOG_BYTES / GB * price("log") + run["metrics, alarms, dashboard"]
    total = sum(stream.values()) + sum(run.values())
    return {
        "lines": {**stream, **run},
        "total": total,
        "provisioned": total - sum(stream.values()) + provisioned,
        "direct": direct,
        "logging": records * (LINE_BYTES + LOG_EVENT_OVERHEAD) / GB * price("log"),
        "transfer": records * RECORD_BYTES / GB * price("transfer"),
        "payloads": payloads,
        "invocations": invocations,
        "billed": billed_gb,
    }


def dollars(amount):
    return f"${amount:,.2f}" if amount >= 0.1 else f"${amount:,.3f}"


def listed(amount):
    """As a price list has it: the tiny ones for a million, except a GB-second's."""
    scale, words = (1e6, " a million") if amount < 0.00001 else (1, "")
    whole, _, part = f"{amount * scale:.10f}".partition(".")
    return f"${whole}.{part.rstrip('0').ljust(2, '0')}{words}"


def table(header, rows):
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, rule, *rows))


def tables():
    models = {records: model(records) for records in VOLUMES}
    header = ["a month", "1 M records", "100 M records", "10 G records"]

    def row(name, pick, form=dollars):
        return [name] + [form(pick(each)) for each in models.values()]

    def each_million(pick):
        return [dollars(pick(each) / (records / 1e6)) for records, each in models.items()]

    month = [row("payloads (stream records)", lambda m: m["payloads"], "{:,.0f}".format)]
    month += [row("GB billed by the stream", lambda m: m["billed"], "{:,.2f}".format)]
    month += [row("invocations and objects", lambda m: m["invocations"], "{:,.0f}".format)]
    for name in models[1e6]["lines"]:
        month.append(row(name, lambda m, name=name: m["lines"][name]))
    month.append(row("**total**", lambda m: m["total"]))
    million = [
        ["**Kinesis agent, on-demand stream**"] + each_million(lambda m: m["total"]),
        ["Kinesis agent, provisioned shards (1, 1, 2)"] + each_million(lambda m: m["provisioned"]),
        ["direct agent"] + each_million(lambda m: m["direct"]),
        ["beside it: logging the lines at all"] + each_million(lambda m: m["logging"]),
        ["beside it: transfer, if the bucket is in another region"] + each_million(lambda m: m["transfer"]),
    ]
    prices = [
        [listed(amount), unit, f"[{page}](https://aws.amazon.com/{page}/)", date, how]
        for amount, unit, page, date, how in PRICES.values()
    ]
    million_table = table(["dollars per million records", *header[1:]], million)
    price_table = table(["price", "for each", "AWS page", "known as of", "how"], prices).replace("---:", "---")
    return {"million": million_table, "month": table(header, month), "prices": price_table}


def main():
    made = tables()
    if "--check" not in sys.argv:
        print("\n\n".join(made.values()))
        return 0
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "README.md"), encoding="utf-8") as file:
        readme = file.read()
    other = [name for name, text in made.items() if text not in readme]
    print(f"the README's cost tables differ: {', '.join(other)}" if other else "the README's cost tables are these")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main())
