/** Tests of the clients of servers, against real processes and sockets. */
@NullMarked
package dev.gert.dispatch.tool;

import org.jspecify.annotations.NullMarked;
