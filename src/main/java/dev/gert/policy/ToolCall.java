package dev.gert.policy;

import dev.gert.json.JsonValue;
import dev.gert.model.Transport;

/**
 * What is sent to a program that is a server.
 *
 * @param tool the tool's name
 * @param name the method, or the MCP tool
 * @param params by name
 * @param transport how the server is started and spoken with
 * @param serverWords how many words of the command's argv start the server; those after it name the call
 */
public record ToolCall(String tool, String name, JsonValue.MapValue params, Transport transport, int serverWords) {}
