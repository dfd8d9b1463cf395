// Logs usage from Go, for Meterline to take out of the log. Copy meterRecord; log its text.
//
//	go run recipes/go/main.go api-calls c1 1 method=GET
package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode/utf8"
)

type record struct {
	MeterAPIName      string            `json:"meterApiName"`
	CustomerID        string            `json:"customerId"`
	MeterTimeInMillis int64             `json:"meterTimeInMillis"`
	MeterValue        json.Number       `json:"meterValue"`
	UniqueID          string            `json:"uniqueId"`
	Dimensions        map[string]string `json:"dimensions,omitempty"`
}

// meterRecord returns the JSON text of a meter record. The value is a json.Number, the text of a
// number that stands in the record as it is, never rounded: json.Number(strconv.FormatInt(n, 10)).
func meterRecord(meter, customer string, value json.Number, dimensions map[string]string) (string, error) {
	if strings.TrimSpace(meter) == "" || strings.TrimSpace(customer) == "" {
		return "", errors.New("meterApiName or customerId is blank")
	}
	// An empty Number would be written as 0, and a text that is not UTF-8 with other characters.
	if _, err := value.Float64(); err != nil {
		return "", fmt.Errorf("meterValue is %q, not a finite number", value)
	}
	texts := []string{meter, customer}
	for name, text := range dimensions {
		texts = append(texts, name, text)
	}
	for _, text := range texts {
		if !utf8.ValidString(text) {
			return "", fmt.Errorf("%q is not UTF-8", text)
		}
	}
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		return "", err
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80 // A UUID of version 4.
	text, err := json.Marshal(record{
		MeterAPIName:      meter,
		CustomerID:        customer,
		MeterTimeInMillis: time.Now().UnixMilli(),
		MeterValue:        value,
		UniqueID:          fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]),
		Dimensions:        dimensions,
	})
	return string(text), err
}

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: main METER CUSTOMER VALUE [NAME=VALUE]...")
		os.Exit(2)
	}
	dimensions := map[string]string{}
	for _, pair := range os.Args[4:] {
		name, text, _ := strings.Cut(pair, "=")
		dimensions[name] = text
	}
	record := func() string {
		text, err := meterRecord(os.Args[1], os.Args[2], json.Number(os.Args[3]), dimensions)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return text
	}

	// Text log format: the marker and the record. Println makes one write of the line.
	fmt.Println("meter_record_for_stream " + record())

	// A JSON log line that has the text log line as its message, escaped: what
	// slog.New(slog.NewJSONHandler(os.Stdout, nil)).Info(line) makes.
	wrapped, _ := json.Marshal(map[string]string{"level": "INFO", "msg": "meter_record_for_stream " + record()})
	fmt.Println(string(wrapped))

	// A JSON log line of your own: the marker is a member's name, the record its value. With slog:
	// logger.Info("metered", "meter_record_for_stream", json.RawMessage(record)).
	fmt.Println(`{"level":"INFO","meter_record_for_stream":` + record() + `}`)
}
