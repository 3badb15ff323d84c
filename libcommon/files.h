/* files.h - files and folders that are no longer wanted
 *
 * Best effort: what cannot be removed, or is not there, stays as it is.
 */
#ifndef LIBCOMMON_FILES_H
#define LIBCOMMON_FILES_H

/* A folder with all that is in it, or a file. */
void files_remove(const char *path);

/* A file of keys: overwritten and synced before it is removed. */
void files_wipe(const char *path);

#endif
