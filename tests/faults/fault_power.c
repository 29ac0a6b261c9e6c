/* Preloaded: writes down, in order, all that a disk is told about one folder.  Built and read by fault_power.py.

A line of the log is a head (kind, number of the file, place, two lengths) and two pieces of bytes: paths or what was written. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATED = 1, RENAMED, LINKED, UNLINKED, WRITTEN, CUT, SYNCED };

static const char *root;
static int log_file = -1;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, declared)         \
    static type(*real) declared;           \
    if (!real) real = dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("POWER_LOG");
    REAL(int, "open", (const char *, int, ...));
    root = getenv("POWER_ROOT");
    if (root && path) log_file = real(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_file < 0) root = NULL;
}

static void put(const void *bytes, size_t length) {
    const char *from = bytes;
    REAL(ssize_t, "write", (int, const void *, size_t));
    while (length) {
        ssize_t done = real(log_file, from, length);
        if (done <= 0) abort(); /* a log with a hole would tell of losses that are none */
        from += done;
        length -= (size_t)done;
    }
}

static void tell(uint32_t kind, uint64_t number, int64_t place, const void *a, size_t a_length, const void *b, size_t b_length) {
    struct __attribute__((packed)) {
        uint32_t kind;
        uint64_t number;
        int64_t place;
        uint32_t a, b;
    } head = {kind, number, place, (uint32_t)a_length, (uint32_t)b_length};
    int kept = errno;
    put(&head, sizeof head);
    if (a_length) put(a, a_length);
    if (b_length) put(b, b_length);
    errno = kept;
}

static void tell_names(uint32_t kind, uint64_t number, int64_t place, const char *a, const char *b) {
    tell(kind, number, place, a, strlen(a), b, b ? strlen(b) : 0);
}

static int inside(const char *path) {
    size_t length = root ? strlen(root) : 0;
    return length && strncmp(path, root, length) == 0 && path[length] == '/';
}

/* Which file of the folder the handle is open on; 0: none. */
static uint64_t number_of(int handle, struct stat *found) {
    char link[64], path[PATH_MAX];
    if (!root) return 0;
    int kept = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    int ours = length > 0 && (inside(path) || strcmp(path, root) == 0) && fstat(handle, found) == 0;
    errno = kept;
    return ours ? (uint64_t)found->st_ino : 0;
}

/* The path from the top; of a folder that is open as `at`, or of the current one. */
static const char *whole(int at, const char *path, char *made) {
    char link[64], folder[PATH_MAX];
    if (path[0] == '/') return path;
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    ssize_t length = at == AT_FDCWD ? readlink("/proc/self/cwd", folder, sizeof folder - 1) : readlink(link, folder, sizeof folder - 1);
    folder[length < 0 ? 0 : length] = 0;
    if (snprintf(made, PATH_MAX, "%s/%s", folder, path) >= PATH_MAX) return "";
    return made;
}

#define WRITES(name, declared, given, at)                                       \
    ssize_t name declared {                                                     \
        REAL(ssize_t, #name, declared);                                         \
        struct stat found;                                                      \
        uint64_t number = number_of(f, &found);                                 \
        if (!number) return real given;                                         \
        pthread_mutex_lock(&one_at_a_time);                                     \
        ssize_t done = real given;                                              \
        if (done > 0) tell(WRITTEN, number, at, b, (size_t)done, NULL, 0);      \
        pthread_mutex_unlock(&one_at_a_time);                                   \
        return done;                                                            \
    }

WRITES(write, (int f, const void *b, size_t n), (f, b, n), lseek(f, 0, SEEK_CUR) - done)
WRITES(pwrite, (int f, const void *b, size_t n, off_t o), (f, b, n, o), o)
WRITES(pwrite64, (int f, const void *b, size_t n, off64_t o), (f, b, n, o), o)

/* Nobody is known to write in several pieces at once to this folder; should anybody, the log would have a hole. */
#define NEVER(name, declared, given)                        \
    ssize_t name declared {                                 \
        REAL(ssize_t, #name, declared);                     \
        struct stat found;                                  \
        if (number_of(f, &found)) abort();                  \
        return real given;                                  \
    }

NEVER(writev, (int f, const struct iovec *v, int n), (f, v, n))
NEVER(pwritev, (int f, const struct iovec *v, int n, off_t o), (f, v, n, o))
NEVER(sendfile, (int f, int from, off_t *o, size_t n), (f, from, o, n))
NEVER(sendfile64, (int f, int from, off64_t *o, size_t n), (f, from, o, n))
NEVER(copy_file_range, (int from, off64_t *a, int f, off64_t *o, size_t n, unsigned flags), (from, a, f, o, n, flags))

#define TELLS(name, declared, given, kind, at)                      \
    int name declared {                                             \
        REAL(int, #name, declared);                                 \
        struct stat found;                                          \
        uint64_t number = number_of(f, &found);                     \
        if (!number) return real given;                             \
        pthread_mutex_lock(&one_at_a_time);                         \
        int failed = real given;                                    \
        if (!failed) tell(kind, number, at, NULL, 0, NULL, 0);      \
        pthread_mutex_unlock(&one_at_a_time);                       \
        return failed;                                              \
    }

TELLS(ftruncate, (int f, off_t n), (f, n), CUT, n)
TELLS(ftruncate64, (int f, off64_t n), (f, n), CUT, n)
TELLS(fsync, (int f), (f), SYNCED, S_ISDIR(found.st_mode))
TELLS(fdatasync, (int f), (f), SYNCED, S_ISDIR(found.st_mode))

static int opened(int (*real)(int, const char *, int, mode_t), int at, const char *given, int flags, mode_t mode) {
    char made[PATH_MAX];
    const char *path = whole(at, given, made);
    if (!inside(path) || !(flags & (O_CREAT | O_TRUNC))) return real(at, given, flags, mode);
    struct stat found;
    pthread_mutex_lock(&one_at_a_time);
    int there = access(path, F_OK) == 0, handle = real(at, given, flags, mode);
    if (handle >= 0 && fstat(handle, &found) == 0) {
        if (!there) tell_names(CREATED, found.st_ino, 0, path, NULL);
        else if (flags & O_TRUNC) tell(CUT, found.st_ino, 0, NULL, 0, NULL, 0);
    }
    pthread_mutex_unlock(&one_at_a_time);
    return handle;
}

static int real_openat(int at, const char *path, int flags, mode_t mode) {
    REAL(int, "openat", (int, const char *, int, ...));
    return real(at, path, flags, mode);
}

#define OPENS(name, first, at)                                                   \
    int name(first const char *path, int flags, ...) {                           \
        mode_t mode = 0;                                                         \
        if (flags & (O_CREAT | __O_TMPFILE)) {                                   \
            va_list more;                                                        \
            va_start(more, flags);                                               \
            mode = va_arg(more, mode_t);                                         \
            va_end(more);                                                        \
        }                                                                        \
        return opened(real_openat, at, path, flags, mode);                       \
    }
#define NOTHING
#define FOLDER int folder,

OPENS(open, NOTHING, AT_FDCWD)
OPENS(open64, NOTHING, AT_FDCWD)
OPENS(openat, FOLDER, folder)
OPENS(openat64, FOLDER, folder)

#define NAMES(name, declared, given, at, of, telling)    \
    int name declared {                                  \
        char made[PATH_MAX];                             \
        const char *path = whole(at, of, made);          \
        REAL(int, #name, declared);                      \
        if (!inside(path)) return real given;            \
        pthread_mutex_lock(&one_at_a_time);              \
        int failed = real given;                         \
        if (!failed) telling;                            \
        pthread_mutex_unlock(&one_at_a_time);            \
        return failed;                                   \
    }

static uint64_t named(const char *path) {
    struct stat found;
    return lstat(path, &found) == 0 ? (uint64_t)found.st_ino : 0;
}

NAMES(rename, (const char *a, const char *b), (a, b), AT_FDCWD, b, tell_names(RENAMED, named(b), 0, a, b))
NAMES(link, (const char *a, const char *b), (a, b), AT_FDCWD, b, tell_names(LINKED, named(b), 0, a, b))
NAMES(mkdir, (const char *a, mode_t mode), (a, mode), AT_FDCWD, a, tell_names(CREATED, named(path), 1, path, NULL))
NAMES(unlink, (const char *a), (a), AT_FDCWD, a, tell_names(UNLINKED, 0, 0, path, NULL))
NAMES(rmdir, (const char *a), (a), AT_FDCWD, a, tell_names(UNLINKED, 0, 0, path, NULL))
NAMES(unlinkat, (int at, const char *a, int flags), (at, a, flags), at, a, tell_names(UNLINKED, 0, 0, path, NULL))
