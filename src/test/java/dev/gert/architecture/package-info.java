/** The house rules that no compiler holds: who imports whom, who may act, what is packed. */
package dev.gert.architecture;
