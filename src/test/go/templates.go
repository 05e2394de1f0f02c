// Runs Go's own text/template over lines of JSON: {"template": …, "data": …} in, {"out": …} or {"error": …} out.
package main

import (
	"encoding/json"
	"os"
	"strings"
	"text/template"
)

func main() {
	in := json.NewDecoder(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.More() {
		var line struct {
			Template string
			Data     any
		}
		if err := in.Decode(&line); err != nil {
			panic(err)
		}
		var text strings.Builder
		parsed, err := template.New("t").Option("missingkey=error").Parse(line.Template)
		if err == nil {
			err = parsed.Execute(&text, line.Data)
		}
		if err != nil {
			out.Encode(map[string]string{"error": err.Error()})
		} else {
			out.Encode(map[string]string{"out": text.String()})
		}
	}
}
