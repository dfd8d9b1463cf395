package io.meterline.core.delivery;

/**
 * What an agent made of one event.
 *
 * @param bytes of records delivered
 * @param deliveryNanos how long sink and quarantine took
 * @param newestTimestamp of a log event with a record, in epoch milliseconds; {@link
 *     Long#MIN_VALUE} where there was none
 */
public record AgentReport(
    DeliveryReport delivered, long bytes, long deliveryNanos, long newestTimestamp) {}
