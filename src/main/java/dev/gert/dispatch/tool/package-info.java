/** Servers that answer a message a line: JSON-RPC 2.0 and MCP over streams. */
@NullMarked
package dev.gert.dispatch.tool;

import org.jspecify.annotations.NullMarked;
