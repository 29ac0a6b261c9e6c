/* Preloaded: lets the n-th write, sync, cut or rename under one folder fail.  Built and driven by fault_shim.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char root[4096];
static long armed, seen;
static int because;

/* Fail the n-th operation from now on with the error `error`; 0: none, but count. */
void fault_arm(const char *folder, long n, int error) {
    strncpy(root, folder, sizeof root - 1);
    armed = n;
    because = error;
    __atomic_store_n(&seen, 0, __ATOMIC_SEQ_CST);
}

/* How many operations there were since; from now on none is counted. */
long fault_seen(void) {
    root[0] = 0;
    return seen;
}

static int counts(const char *path) {
    if (!root[0] || strncmp(path, root, strlen(root)) != 0) return 0;
    if (__atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST) != armed) return 0;
    errno = because;
    return 1;
}

static int fails(int handle) {
    char link[64], path[4096];
    if (!root[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return counts(path);
}

#define WRAP(type, name, declared, given, handle)            \
    type name declared {                                     \
        static type(*real) declared;                         \
        if (!real) real = dlsym(RTLD_NEXT, #name);           \
        return fails(handle) ? (type)-1 : real given;        \
    }

WRAP(ssize_t, write, (int f, const void *b, size_t n), (f, b, n), f)
WRAP(ssize_t, pwrite, (int f, const void *b, size_t n, off_t o), (f, b, n, o), f)
WRAP(ssize_t, pwrite64, (int f, const void *b, size_t n, off64_t o), (f, b, n, o), f)
WRAP(int, fsync, (int f), (f), f)
WRAP(int, fdatasync, (int f), (f), f)
WRAP(int, ftruncate, (int f, off_t n), (f, n), f)
WRAP(int, ftruncate64, (int f, off64_t n), (f, n), f)

int rename(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    if (!real) real = dlsym(RTLD_NEXT, "rename");
    return counts(from) ? -1 : real(from, to);
}
