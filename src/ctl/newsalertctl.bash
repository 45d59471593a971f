# bash completion for newsalertctl. Commands and options are what --help says,
# so this cannot fall behind; names come from newsalertd.

_newsalertctl_names()
{
	newsalertctl "$1" --json 2>/dev/null | grep -o '"name":"[^"]*"' |
	    cut -d'"' -f4
}

_newsalertctl()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local command= words= i

	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-c | -s) ((i++)) ;;
		-*) ;;
		*)
			command=${COMP_WORDS[i]}
			break
			;;
		esac
	done
	if [[ -z $command ]]; then
		words=$(newsalertctl --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
	elif [[ $cur == -* ]]; then
		words=$(newsalertctl "$command" --help |
		    sed -n 's/^  .*\(--[a-z-]*\).*/\1/p')
	else
		case $prev,$command in
		--rule,* | -r,*) words=$(_newsalertctl_names rules) ;;
		--notifier,*) words=$(_newsalertctl_names status) ;;
		--feed,* | -f,*) words=$(_newsalertctl_names feeds) ;;
		-*) ;;
		*,feed | *,feeds | *,poll) words=$(_newsalertctl_names feeds) ;;
		*,rules | *,silence) words=$(_newsalertctl_names rules) ;;
		*,test) words=$(_newsalertctl_names status) ;;
		esac
	fi
	# Without words readline goes on with file names.
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

complete -o default -F _newsalertctl newsalertctl
