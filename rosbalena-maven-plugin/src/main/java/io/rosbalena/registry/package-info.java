/** Images in registries: the OCI distribution protocol on the platform's HTTP client, one class an endpoint. */
@NullMarked
package io.rosbalena.registry;

import org.jspecify.annotations.NullMarked;
