for f in a b; do
  case $f in (a) echo "$(( 1 + 2 ))" ;; *) echo "${f:-x}" ;; esac
done
