/* What a method is asked and what it answers, from the contract's descriptors: names as JSON takes
 * them. */
#include "libcommon/fields.h"
#include "proto/tremplin.pb-c.h"
#include "services/ctl/ctl.h"

#include <string.h>

enum { NAME_SIZE = 80, NAME_WIDTH = 26, LINE_WIDTH = 100, DEPTH_MOST = 3 };

static const char *scalar_of(const struct ctl *ctl, const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING: return say(ctl, "texte", "text");
    case PROTOBUF_C_TYPE_BOOL: return "true, false";
    case PROTOBUF_C_TYPE_BYTES: return say(ctl, "octets en base64", "bytes as base64");
    default: return say(ctl, "nombre", "number");
    }
}

/* The list's codes, but for the one that says none, in lines of a bearable width. */
static void print_codes(const ProtobufCEnumDescriptor *list, int indent)
{
    int width = 0;

    for (unsigned i = 0; i < list->n_values; i++) {
        const char *code = list->values[i].name;

        if (list->values[i].value == 0)
            continue;
        if (width > 0 && indent + NAME_WIDTH + width + (int)strlen(code) > LINE_WIDTH) {
            printf(",\n%*s", indent + NAME_WIDTH + 1, "");
            width = 0;
        }
        width += printf("%s%s", width > 0 ? ", " : "", code);
    }
    printf("\n");
}

static void print_fields(const struct ctl *ctl, const ProtobufCMessageDescriptor *type, int depth);

static void print_message(const struct ctl *ctl, const ProtobufCMessageDescriptor *type, int depth)
{
    if (type == &tremplin__date__descriptor)
        printf("{\"year\": 2021, \"month\": 1, \"day\": 31}\n");
    else if (type == &tremplin__money__descriptor)
        printf("{\"cents\": 42150}\n");
    else if (type == &tremplin__sealed__descriptor)
        printf("{\"clear\": \"%s\"}\n", say(ctl, "texte, gardé scellé", "text, kept sealed"));
    else if (depth >= DEPTH_MOST)
        printf("{…}\n");
    else {
        printf("{\n");
        print_fields(ctl, type, depth + 1);
        printf("%*s}\n", 2 * depth + 2, "");
    }
}

static void print_fields(const struct ctl *ctl, const ProtobufCMessageDescriptor *type, int depth)
{
    int indent = 2 * depth + 2;

    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        char name[NAME_SIZE];

        field_json_name(field, name, sizeof name);
        printf("%*s%-*s %s", indent, "", NAME_WIDTH, name,
               field->label == PROTOBUF_C_LABEL_REPEATED ? say(ctl, "liste de ", "list of ") : "");
        if (field->type == PROTOBUF_C_TYPE_MESSAGE)
            print_message(ctl, field->descriptor, depth);
        else if (field->type == PROTOBUF_C_TYPE_ENUM)
            print_codes(field->descriptor, indent);
        else
            printf("%s\n", scalar_of(ctl, field));
    }
    if (type->n_fields == 0)
        printf("%*s%s\n", indent, "", say(ctl, "rien", "nothing"));
}

int describe_method(struct ctl *ctl, const char *name)
{
    struct contract_method method;

    if (!contract_find(name, &method)) {
        fprintf(stderr, "%s %s\n", say(ctl, "méthode inconnue :", "unknown method:"), name);
        return EXIT_USAGE;
    }
    printf("%s %s\n\n%s\n", name,
           method.is_query ? say(ctl, "(question)", "(query)")
                           : say(ctl, "(commande)", "(command)"),
           say(ctl, "Se demande avec :", "Is asked with:"));
    print_fields(ctl, method.asked, 0);
    printf("\n%s\n", say(ctl, "Répond :", "Answers:"));
    print_fields(ctl, method.reply, 0);
    return CTL_DONE;
}
