/**
 * A bus on Apache Kafka: the first partition of one topic, which brings all that is published in one order. The only package that knows Kafka. It does not know
 * what the messages say.
 */
@NullMarked
package io.fyercache.kafka;

import org.jspecify.annotations.NullMarked;
