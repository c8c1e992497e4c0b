# Finds what Scrip is built and run with. Sourced by scrip, verify and the Makefile.
#
#   find_jdk     exports JAVA_HOME: a JDK of release 25 or newer, or says what to do and fails
#   find_maven   sets maven: the command to build with

jdk_release_min=25

# The release of the JDK in a directory, such as 25; nothing when there is no JDK.
# The release file is read rather than java started: a dozen candidates cost nothing.
jdk_release() {
  local version=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')
  fi
  printf '%s' "$version"
}

is_new_enough() {
  local release
  release=$(jdk_release "$1")
  [ -n "$release" ] && [ "$release" -ge "$jdk_release_min" ]
}

# The oldest release that is new enough: it is the one Scrip is tested on.
oldest_fit_jdk() {
  local directory release
  for directory in "$@"; do
    release=$(jdk_release "$directory")
    if [ -n "$release" ] && [ "$release" -ge "$jdk_release_min" ]; then
      printf '%03d %s\n' "$release" "$directory"
    fi
  done | sort | sed -n '1s/^[0-9]* //p'
}

find_jdk() {
  local found java
  if [ -n "${SCRIP_JAVA_HOME:-}" ]; then
    if is_new_enough "$SCRIP_JAVA_HOME"; then
      export JAVA_HOME=$SCRIP_JAVA_HOME
      return 0
    fi
    echo "SCRIP_JAVA_HOME ($SCRIP_JAVA_HOME) is no JDK $jdk_release_min or newer." >&2
    echo "Point it at the directory that holds bin/javac, or unset it to have one looked for." >&2
    return 1
  fi
  if [ -n "${JAVA_HOME:-}" ] && is_new_enough "$JAVA_HOME"; then
    export JAVA_HOME
    return 0
  fi
  found=$(oldest_fit_jdk /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home)
  if [ -z "$found" ] && java=$(command -v java); then
    java=$(readlink -f "$java")
    found=$(oldest_fit_jdk "${java%/bin/java}")
  fi
  if [ -n "$found" ]; then
    export JAVA_HOME=$found
    return 0
  fi
  cat >&2 <<END
Scrip needs a JDK of release $jdk_release_min or newer and found none. Looked at SCRIP_JAVA_HOME, JAVA_HOME,
/usr/lib/jvm and the other usual places, and java on the PATH.

Install one, such as Temurin $jdk_release_min from https://adoptium.net/temurin/releases/?version=$jdk_release_min,
and if it is somewhere unusual: export SCRIP_JAVA_HOME=its-directory
END
  return 1
}

find_maven() {
  if command -v mvn >/dev/null; then
    maven=mvn
  else
    maven=$1/mvnw
  fi
}
