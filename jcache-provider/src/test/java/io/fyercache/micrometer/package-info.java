/** Tests of the meters against real registries and the platform's MBean server. */
package io.fyercache.micrometer;
