#include "libcommon/codec.h"
#include "libcommon/text.h"
#include "proto/reporting.pb-c.h"
#include "services/ctl/ctl.h"

#include <stdlib.h>
#include <string.h>

enum { NOTES_MOST = 99 };

/* The number of a note among those said so far, which it joins; 0: no note. */
static size_t number_of(const char *note, const char *notes[NOTES_MOST], size_t *count)
{
    size_t i = 0;

    if (*note == '\0')
        return 0;
    while (i < *count && strcmp(notes[i], note) != 0)
        i++;
    if (i == NOTES_MOST)
        return 0;
    if (i == *count)
        notes[(*count)++] = note;
    return i + 1;
}

static void print_table(const struct ctl *ctl, const Reporting__ReportReply *report)
{
    const char *notes[NOTES_MOST];
    size_t count = 0;

    printf("%s — %u\n\n", say(ctl, report->title_french, report->title_english), report->year);
    for (size_t i = 0; i < report->n_figures; i++) {
        const Reporting__Figure *figure = report->figures[i];
        size_t note = number_of(say(ctl, figure->note_french, figure->note_english), notes, &count);

        print_wide(figure->indicator, 10);
        print_wide(say(ctl, figure->name_french, figure->name_english), 62);
        printf(" ");
        print_wide(figure->suppressed ? say(ctl, "secret", "hidden") : figure->value, 8);
        if (note > 0)
            printf(" (%zu)", note);
        if (*figure->frozen_value && strcmp(figure->frozen_value, figure->value) != 0)
            printf(" (%s %s)", say(ctl, "publié :", "published:"), figure->frozen_value);
        printf("\n");
    }
    for (size_t i = 0; i < count; i++)
        printf("%s(%zu) %s\n", i == 0 ? "\n" : "", i + 1, notes[i]);
    if (report->n_figures > 0 && *report->note)
        printf("\n%s\n", report->note);
}

/* A spreadsheet must not take a text for a formula. */
static void print_cell(const char *text)
{
    bool formula = *text != '\0' && strchr("=+-@\t", *text) &&
                   !(*text == '-' && text[1] >= '0' && text[1] <= '9');

    printf("\"%s", formula ? "'" : "");
    for (; *text; text++)
        printf(*text == '"' ? "\"\"" : "%c", *text);
    putchar('"');
}

static void print_csv(const struct ctl *ctl, const Reporting__ReportReply *report)
{
    printf("%s\n", say(ctl, "indicateur;libellé;unité;valeur;numérateur;dénominateur;dérivé;note",
                       "indicator;name;unit;value;numerator;denominator;derived;note"));
    for (size_t i = 0; i < report->n_figures; i++) {
        const Reporting__Figure *figure = report->figures[i];

        print_cell(figure->indicator);
        putchar(';');
        print_cell(say(ctl, figure->name_french, figure->name_english));
        putchar(';');
        print_cell(figure->unit);
        putchar(';');
        print_cell(figure->suppressed ? "" : figure->value);
        if (figure->suppressed)
            printf(";;;");
        else
            printf(";%lld;%lld;", (long long)figure->numerator, (long long)figure->denominator);
        printf("%s;", figure->derived ? say(ctl, "oui", "yes") : say(ctl, "non", "no"));
        print_cell(say(ctl, figure->note_french, figure->note_english));
        putchar('\n');
    }
}

static int list_reports(struct ctl *ctl)
{
    Reporting__ReportsQuery query = REPORTING__REPORTS_QUERY__INIT;
    int code;
    const Reporting__ReportsReply *reply = ask(ctl, "reporting", "reporting.Reports", &query.base,
                                               &reporting__reports_reply__descriptor, &code);

    for (size_t i = 0; reply && i < reply->n_reports; i++)
        printf("%-24s %s\n", reply->reports[i]->report,
               say(ctl, reply->reports[i]->title_french, reply->reports[i]->title_english));
    return code;
}

int run_report(struct ctl *ctl)
{
    const char *year = take_option(ctl, "--year");
    const char *format = take_option(ctl, "--format");
    Reporting__ReportQuery query = REPORTING__REPORT_QUERY__INIT;
    const Reporting__ReportReply *report;
    struct message_trouble trouble;
    int code;

    query.public_ = take_flag(ctl, "--public");
    if (ctl->argc == 0)
        return list_reports(ctl);
    if (!format)
        format = "table";
    if (ctl->argc != 1 || !year || *year == '\0' || year[strspn(year, "0123456789")] != '\0' ||
        (strcmp(format, "table") != 0 && strcmp(format, "csv") != 0 && strcmp(format, "json") != 0))
        return usage_of(ctl, "report");
    query.report = ctl->argv[0];
    query.year = (uint32_t)strtoul(year, NULL, 10);
    report = ask(ctl, "reporting", "reporting.Report", &query.base,
                 &reporting__report_reply__descriptor, &code);
    if (!report && code == CTL_REFUSED)
        fprintf(stderr, "%s\n",
                say(ctl, "« tremplin report » dit quels rapports il y a.",
                    "'tremplin report' says which reports there are."));
    if (!report)
        return code;
    if (strcmp(format, "table") == 0)
        print_table(ctl, report);
    else if (strcmp(format, "csv") == 0)
        print_csv(ctl, report);
    else
        printf("%s\n", codec_to_json(&report->base, CODEC_INDENTED, &ctl->arena, &trouble));
    return CTL_DONE;
}
