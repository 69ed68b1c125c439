namespace EntraAuditTools.Cli.Completion;

/// <summary>
/// What shells run to complete the program's command lines: each hands over the words, and gets a value a line, with what there is to say
/// of it behind a tab. Where the program knows none, the shell completes files.
/// </summary>
internal static class CompletionScripts
{
    /// <summary>The shells.</summary>
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish", "pwsh"];

    private const string Bash = """
        # entra-audit completion for bash: add this line to ~/.bashrc
        #     source <(entra-audit completion bash)
        _entra_audit() {
            local current="${COMP_WORDS[COMP_CWORD]}" word line
            local -a words=()
            for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
                # A word as it was typed: without its quotes.
                [[ $word == [\"\']* ]] && word="${word#?}" && word="${word%[\"\']}"
                words+=("${word//\\/}")
            done
            COMPREPLY=()
            while IFS= read -r line; do
                line="${line%%$'\t'*}"
                # Within quotes only those need to be written otherwise.
                if [[ $current == \'* ]]; then COMPREPLY+=("${line//\'/\'\\\'\'}")
                elif [[ $current == \"* ]]; then COMPREPLY+=("${line//\"/\\\"}")
                else COMPREPLY+=("$(printf '%q' "$line")"); fi
            done < <(entra-audit complete -- "${words[@]}" 2>/dev/null)
        }
        complete -o default -o nosort -F _entra_audit entra-audit
        """;

    private const string Zsh = """
        #compdef entra-audit
        # entra-audit completion for zsh: add this line to ~/.zshrc, behind compinit
        #     source <(entra-audit completion zsh)
        _entra_audit() {
            local -a asked values tips
            local word line value
            for word in "${(@)words[2,CURRENT]}"; do
                # A word that is still in quotes has no end yet.
                if [[ $word == [\"\']* && ( ${#word} -eq 1 || $word[-1] != $word[1] ) ]]; then word="$word[2,-1]"
                else word="${(Q)word}"; fi
                asked+=("$word")
            done
            while IFS= read -r line; do
                value="${line%%$'\t'*}"
                values+=("$value")
                if [[ $line == *$'\t'* ]]; then tips+=("$value  -- ${line#*$'\t'}"); else tips+=("$value"); fi
            done < <(entra-audit complete -- "${asked[@]}" 2>/dev/null)
            # What fits is decided: a name is found by any of its words.
            if (( ${#values} )); then compadd -U -l -V entra-audit -d tips -a values; else _files; fi
        }
        compdef _entra_audit entra-audit
        """;

    private const string Fish = """
        # entra-audit completion for fish:
        #     entra-audit completion fish > ~/.config/fish/completions/entra-audit.fish
        function __entra_audit_complete
            set -l words (commandline --tokenize --cut-at-cursor --current-process)
            set -l current (commandline --cut-at-cursor --current-token | string unescape)
            set -l values (entra-audit complete -- $words[2..] "$current" 2>/dev/null)
            if test (count $values) -gt 0
                printf '%s\n' $values
            else
                __fish_complete_path "$current"
            end
        end
        complete --command entra-audit --no-files --keep-order --arguments '(__entra_audit_complete)'
        """;

    private const string Pwsh = """
        # entra-audit completion for PowerShell: add this line to $PROFILE
        #     entra-audit completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName entra-audit -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
                ForEach-Object { if ($_.PSObject.Properties['Value'] -and $_.Value -is [string]) { $_.Value } else { $_.Extent.Text } })
            if ($wordToComplete -eq '') { $words += '' }
            entra-audit complete -- @words 2>$null | ForEach-Object {
                $value, $tip = $_ -split "`t", 2
                $text = if ($value -match '^[\w./:-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
                [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $(if ($tip) { $tip } else { $value }))
            }
        }
        """;

    /// <summary>The script of a shell.</summary>
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => Pwsh,
    };
}
