/** The built JAR as its users run it: real processes, a real terminal, kill -9. */
package dev.gert.blackbox;
