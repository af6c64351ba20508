/** Ed25519 keys (RFC 8032) as OpenSSL writes them, and signatures made with them. */
@NullMarked
package io.rosbalena.signing;

import org.jspecify.annotations.NullMarked;
