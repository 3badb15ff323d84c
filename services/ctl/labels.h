/* labels.h - the French words that spreadsheets use, and the codes of the contract */
#ifndef CTL_LABELS_H
#define CTL_LABELS_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

/* The value that a French label or the code itself ("PUBLIC_TENANT", whatever the case and accents)
 * means in a list.  False when none does. */
bool label_value(const ProtobufCEnumDescriptor *list, const char *text, int *value);
/* The labels of a list, "a | b | c", for a message. */
const char *labels_of(const ProtobufCEnumDescriptor *list, char *text, size_t size);

#endif
